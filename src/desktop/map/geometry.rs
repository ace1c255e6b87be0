//! The shapes of the countries: read from the asset once, projected, cut into triangles, and found by a point.
//! Knows no colour and no widget; `assets/map/README.md` states the layout of the asset.

use std::sync::LazyLock;

use earcut::Earcut;
use egui::{Pos2, Rect, Vec2, pos2};
use thiserror::Error;

/// The asset, as `assets/map/make.py` makes it.
const ASSET: &[u8] = include_bytes!("../../../assets/map/world.bin");
/// The meridian in the middle of the map, in degrees east.
const MERIDIAN: f32 = 10.0;
/// Parts of a degree that a stored coordinate counts.
const PARTS: f32 = 180.0;

/// Why the asset is no map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub(super) enum BadMap {
    /// It does not begin as a map does.
    #[error("the world map has an unknown format")]
    Format,
    /// It ends within a part.
    #[error("the world map is cut short")]
    Short,
    /// Something follows its end.
    #[error("the world map goes on after its end")]
    Long,
    /// A ring uses a line that is not there.
    #[error("the world map uses a line that it does not have")]
    Line,
    /// A code is not three capital letters.
    #[error("the world map has a code that is not three letters")]
    Code,
}

/// The world: one unit wide, its north-west corner in the origin, down is south.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct World {
    /// Width, which is 1, and height.
    pub(super) size: Vec2,
    /// The countries, in the order of the asset.
    pub(super) countries: Vec<Country>,
    /// Lines between two countries.
    pub(super) borders: Vec<Vec<Pos2>>,
    /// Lines between a country, by its index, and the sea. One that ends where it starts goes round an island.
    pub(super) coasts: Vec<(usize, Vec<Pos2>)>,
}

/// A country of the map.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Country {
    /// ISO 3166-1 alpha-3, where it has one.
    pub(super) code: Option<String>,
    /// Where its name stands: well inside its largest polygon.
    pub(super) label: Pos2,
    /// Its shape; none if it is too small for one.
    pub(super) polygons: Vec<Polygon>,
}

/// A connected piece of a country.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Polygon {
    /// What encloses it.
    pub(super) bounds: Rect,
    /// The outer ring, then holes; not closed by repeating the first point.
    pub(super) rings: Vec<Vec<Pos2>>,
    /// Corners of triangles that cover it, three by three: numbers of the points of all rings in order.
    pub(super) triangles: Vec<u32>,
}

static WORLD: LazyLock<Result<World, BadMap>> = LazyLock::new(|| World::decode(ASSET));

/// The world of the asset, decoded when first asked for.
///
/// # Errors
/// If the asset is no map.
pub(super) fn world() -> Result<&'static World, BadMap> {
    WORLD.as_ref().map_err(|bad| *bad)
}

/// Equal Earth (Šavrič, Patterson and Jenny, 2018): areas compare as on the globe. Degrees to units of a globe of radius
/// 1, up is south.
fn project(longitude: f32, latitude: f32) -> Pos2 {
    let [a1, a2, a3, a4] = [1.340_264, -0.081_106, 0.000_893, 0.003_796_f32];
    let root = 3.0_f32.sqrt();
    let t = (root / 2.0 * latitude.to_radians().sin()).asin();
    let t2 = t * t;
    let t6 = t2 * t2 * t2;
    let slope = 9.0 * a4 * t6 * t2 + 7.0 * a3 * t6 + 3.0 * a2 * t2 + a1;
    let x = 2.0 * root * (longitude - MERIDIAN).to_radians() * t.cos() / (3.0 * slope);
    pos2(x, -t * (a1 + a2 * t2 + t6 * (a3 + a4 * t2)))
}

impl World {
    /// Reads a map.
    fn decode(bytes: &[u8]) -> Result<Self, BadMap> {
        let mut reader = Reader(bytes);
        if reader.take()? != *b"MAP1" {
            return Err(BadMap::Format);
        }
        let lines = (0..reader.count()?).map(|_| reader.line()).collect::<Result<Vec<_>, _>>()?;
        let bounds = lines.iter().flatten().fold(Rect::NOTHING, |mut bounds, point| {
            bounds.extend_with(*point);
            bounds
        });
        let place = |point: Pos2| ((point - bounds.min) / bounds.width()).to_pos2();
        let lines: Vec<Vec<Pos2>> = lines.into_iter().map(|line| line.into_iter().map(place).collect()).collect();
        let mut users = vec![Vec::new(); lines.len()];
        let mut countries = Vec::new();
        for index in 0..reader.count()? {
            let code = reader.code()?;
            let label = place(reader.point()?);
            let polygons = (0..reader.take::<1>()?[0])
                .map(|_| {
                    let rings = (0..reader.take::<1>()?[0]).map(|_| reader.ring(&lines, &mut users, index));
                    Ok(Polygon::of(rings.collect::<Result<_, _>>()?))
                })
                .collect::<Result<_, _>>()?;
            countries.push(Country { code, label, polygons });
        }
        if !reader.0.is_empty() {
            return Err(BadMap::Long);
        }
        let (mut borders, mut coasts) = (Vec::new(), Vec::new());
        for (line, users) in lines.into_iter().zip(users) {
            match users.as_slice() {
                [] => {}
                [country] => coasts.push((*country, line)),
                _ => borders.push(line),
            }
        }
        Ok(Self { size: bounds.size() / bounds.width(), countries, borders, coasts })
    }

    /// The index of the country with a shape at a point of the map.
    pub(super) fn at(&self, point: Pos2) -> Option<usize> {
        self.countries.iter().position(|country| country.contains(point))
    }

    /// The country of a code.
    pub(super) fn country(&self, code: &str) -> Option<&Country> {
        self.countries.iter().find(|country| country.code.as_deref() == Some(code))
    }
}

impl Country {
    /// Whether a point of the map lies in its shape.
    pub(super) fn contains(&self, point: Pos2) -> bool {
        self.polygons.iter().any(|polygon| polygon.contains(point))
    }
}

impl Polygon {
    fn of(rings: Vec<Vec<Pos2>>) -> Self {
        let points: Vec<[f64; 2]> = rings.iter().flatten().map(|p| [f64::from(p.x), f64::from(p.y)]).collect();
        let mut holes = Vec::new();
        let mut before = 0;
        for ring in rings.get(..rings.len().saturating_sub(1)).unwrap_or_default() {
            before += u32::try_from(ring.len()).unwrap_or(u32::MAX);
            holes.push(before);
        }
        let mut triangles = Vec::new();
        Earcut::new().earcut(points, &holes, &mut triangles);
        let bounds = rings.first().map_or(Rect::NOTHING, |outer| Rect::from_points(outer));
        Self { bounds, rings, triangles }
    }

    /// Whether a point lies within the outer ring and in no hole.
    fn contains(&self, point: Pos2) -> bool {
        let crossed = |(a, b): (&Pos2, &Pos2)| {
            (a.y > point.y) != (b.y > point.y) && point.x < (b.x - a.x) * (point.y - a.y) / (b.y - a.y) + a.x
        };
        let edges = self.rings.iter().flat_map(|ring| ring.iter().zip(ring.iter().cycle().skip(1)));
        self.bounds.contains(point) && edges.filter(|edge| crossed(*edge)).count() % 2 == 1
    }
}

/// What is left to read of the asset.
struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], BadMap> {
        let (taken, rest) = self.0.split_first_chunk().ok_or(BadMap::Short)?;
        self.0 = rest;
        Ok(*taken)
    }

    fn count(&mut self) -> Result<usize, BadMap> {
        Ok(usize::from(u16::from_le_bytes(self.take()?)))
    }

    fn number(&mut self) -> Result<i16, BadMap> {
        Ok(i16::from_le_bytes(self.take()?))
    }

    fn point(&mut self) -> Result<Pos2, BadMap> {
        let [longitude, latitude] = [self.number()?, self.number()?].map(|stored| f32::from(stored) / PARTS);
        Ok(project(longitude + MERIDIAN, latitude))
    }

    fn line(&mut self) -> Result<Vec<Pos2>, BadMap> {
        (0..self.count()?).map(|_| self.point()).collect()
    }

    fn code(&mut self) -> Result<Option<String>, BadMap> {
        let letters: [u8; 3] = self.take()?;
        if letters == [0; 3] {
            return Ok(None);
        }
        if !letters.iter().all(u8::is_ascii_uppercase) {
            return Err(BadMap::Code);
        }
        Ok(Some(letters.map(char::from).iter().collect()))
    }

    /// The points of a ring, put together from its lines; notes which country uses each.
    fn ring(&mut self, lines: &[Vec<Pos2>], users: &mut [Vec<usize>], country: usize) -> Result<Vec<Pos2>, BadMap> {
        let mut ring = Vec::new();
        for _ in 0..self.count()? {
            let number = self.number()?;
            let index = usize::try_from(if number < 0 { !number } else { number }).unwrap_or_default();
            let (Some(line), Some(users)) = (lines.get(index), users.get_mut(index)) else {
                return Err(BadMap::Line);
            };
            users.push(country);
            // The last point of each line is the first of the next.
            let [_, front @ ..] = line.as_slice() else { return Err(BadMap::Line) };
            let [back @ .., _] = line.as_slice() else { return Err(BadMap::Line) };
            if number < 0 {
                ring.extend(front.iter().rev());
            } else {
                ring.extend(back);
            }
        }
        Ok(ring)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(points: &[Pos2]) -> f64 {
        let next = points.iter().cycle().skip(1);
        points.iter().zip(next).map(|(a, b)| f64::from(a.x) * f64::from(b.y) - f64::from(b.x) * f64::from(a.y)).sum()
    }

    /// Where a place of the globe lies on the map.
    fn place(longitude: f32, latitude: f32) -> Pos2 {
        // Two known points of the asset's frame: the projection is linear up to scale and shift.
        let world = world().unwrap();
        let lines: Vec<Pos2> = raw_points();
        let bounds = Rect::from_points(&lines);
        assert!((world.size.y - bounds.height() / bounds.width()).abs() < 1e-6);
        ((project(longitude, latitude) - bounds.min) / bounds.width()).to_pos2()
    }

    fn raw_points() -> Vec<Pos2> {
        let mut reader = Reader(&ASSET[4..]);
        (0..reader.count().unwrap()).flat_map(|_| reader.line().unwrap()).collect()
    }

    fn code_at(longitude: f32, latitude: f32) -> Option<&'static str> {
        let world = world().unwrap();
        world.at(place(longitude, latitude)).and_then(|index| world.countries[index].code.as_deref())
    }

    #[test]
    fn every_country_has_a_shape_or_a_point_and_its_own_code() {
        let world = world().unwrap();
        let shaped = world.countries.iter().filter(|c| !c.polygons.is_empty()).count();
        assert_eq!((world.countries.len(), shaped), (230, 176));
        let codes: Vec<&str> = world.countries.iter().filter_map(|c| c.code.as_deref()).collect();
        assert_eq!(codes.len(), 227);
        for code in &codes {
            assert_eq!(world.country(code).unwrap().code.as_deref(), Some(*code));
        }
        assert_eq!(codes.iter().collect::<std::collections::BTreeSet<_>>().len(), codes.len());
        assert_eq!(world.country("ATA"), None);
        let square = Rect::from_min_size(Pos2::ZERO, world.size).expand(1e-3);
        assert!(world.countries.iter().all(|c| square.contains(c.label)));
    }

    #[test]
    fn capitals_lie_in_their_countries_and_the_oceans_in_none() {
        for (longitude, latitude, expected) in [
            (-77.04, 38.90, "USA"),
            (-149.9, 61.2, "USA"),
            (-75.70, 45.42, "CAN"),
            (-99.13, 19.43, "MEX"),
            (-47.88, -15.79, "BRA"),
            (-0.9, 51.9, "GBR"),
            (2.35, 48.86, "FRA"),
            (13.40, 52.52, "DEU"),
            (7.45, 46.95, "CHE"),
            (-3.70, 40.42, "ESP"),
            (21.01, 52.23, "POL"),
            (17.6, 59.85, "SWE"),
            (37.62, 55.75, "RUS"),
            (-172.5, 66.3, "RUS"),
            (77.21, 28.61, "IND"),
            (116.40, 39.90, "CHN"),
            (127.2, 37.4, "KOR"),
            (139.2, 36.0, "JPN"),
            (149.13, -35.28, "AUS"),
            (28.19, -25.75, "ZAF"),
            (27.5, -29.5, "LSO"),
        ] {
            let longitude = if longitude < -171.0 { longitude + 360.0 } else { longitude };
            assert_eq!(code_at(longitude, latitude), Some(expected), "{longitude}, {latitude}");
        }
        for (longitude, latitude) in [(-40.0, 30.0), (-120.0, 0.0), (80.0, -20.0), (50.0, 42.0)] {
            assert_eq!(code_at(longitude, latitude), None, "{longitude}, {latitude}");
        }
    }

    #[test]
    fn a_label_stands_in_its_country() {
        let world = world().unwrap();
        for (index, country) in world.countries.iter().enumerate().filter(|(_, c)| !c.polygons.is_empty()) {
            assert_eq!(world.at(country.label), Some(index), "{:?}", country.code);
        }
    }

    #[test]
    fn triangles_cover_each_shape() {
        for country in &world().unwrap().countries {
            for polygon in &country.polygons {
                let sizes: Vec<f64> = polygon.rings.iter().map(|ring| area(ring).abs()).collect();
                let whole = sizes[0] - sizes[1..].iter().sum::<f64>();
                let points: Vec<Pos2> = polygon.rings.iter().flatten().copied().collect();
                let corner = |i: &u32| points[usize::try_from(*i).unwrap()];
                let covered: f64 =
                    polygon.triangles.chunks(3).map(|t| area(&t.iter().map(corner).collect::<Vec<_>>()).abs()).sum();
                assert!((covered - whole).abs() <= whole * 0.001, "{:?}: {covered} of {whole}", country.code);
            }
        }
    }

    #[test]
    fn areas_compare_as_on_the_globe() {
        let of = |code: &str| -> f64 {
            let country = world().unwrap().country(code).unwrap();
            country.polygons.iter().map(|p| area(&p.rings[0]).abs()).sum()
        };
        // Land areas of about 2.15, 2.34 and 0.643 million square kilometres.
        assert!((0.85..1.0).contains(&(of("GRL") / of("COD"))), "{}", of("GRL") / of("COD"));
        assert!((3.2..4.0).contains(&(of("COD") / of("FRA"))), "{}", of("COD") / of("FRA"));
    }

    #[test]
    fn a_cut_or_changed_asset_is_an_error() {
        for length in 0..ASSET.len() {
            // All short lengths, then a sample: each decode reads what there is.
            if length < 64 || length % 97 == 0 || length + 64 > ASSET.len() {
                assert_eq!(World::decode(&ASSET[..length]), Err(BadMap::Short), "{length}");
            }
        }
        assert_eq!(World::decode(b"MAP2"), Err(BadMap::Format));
        assert_eq!(World::decode(&[ASSET, &[0]].concat()), Err(BadMap::Long));
        let mut changed = ASSET.to_vec();
        let code = changed.windows(3).rposition(|w| w == b"SXM").unwrap();
        changed[code] = b'-';
        assert_eq!(World::decode(&changed), Err(BadMap::Code));
        // A country whose ring uses a line that is not there.
        let stray = [b"MAP1".as_slice(), &[0, 0, 1, 0], b"ABC", &[0; 4], &[1, 1, 1, 0, 7, 0]].concat();
        assert_eq!(World::decode(&stray), Err(BadMap::Line));
    }
}
