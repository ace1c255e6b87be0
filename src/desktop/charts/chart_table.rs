//! The figures of a chart as a table: for a file, and in words for who does not see the picture.

use super::quantity::Quantity;
use crate::desktop::numbers::Numbers;
use crate::files::{CsvField, csv_text};
use crate::units::Exact;

/// The figures of a chart: labels down, series across.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::desktop) struct ChartTable {
    /// Over the labels.
    pub(super) corner: String,
    pub(super) labels: Vec<String>,
    pub(super) columns: Vec<(String, Vec<Option<Exact>>)>,
}

/// As many labels as a summary tells one by one; of a longer row it tells the ends and the extremes.
const TOLD: usize = 8;

impl ChartTable {
    /// One column of figures.
    pub(in crate::desktop) fn one(corner: &str, labels: Vec<String>, name: &str, values: Vec<Option<Exact>>) -> Self {
        Self { corner: corner.to_owned(), labels, columns: vec![(name.to_owned(), values)] }
    }

    /// Whether no figure is there, or each of them is 0.
    pub(super) fn is_empty(&self) -> bool {
        self.columns.iter().flat_map(|(_, values)| values).flatten().all(|value| value.is_zero())
    }

    /// One figure in words: `FY11 Q1, Capacity: 118,412,300 USD`.
    pub(super) fn figure_text(&self, quantity: &Quantity, numbers: Numbers, (label, series): (usize, usize)) -> String {
        let (name, values) = self.columns.get(series).map_or(("", &[][..]), |(name, values)| (name, values));
        let value = values.get(label).copied().flatten();
        let unit = value.map_or(String::new(), |_| quantity.spoken_unit());
        let value = quantity.value(numbers, value);
        format!("{}, {name}: {value}{unit}", self.labels.get(label).map_or("", String::as_str))
    }

    /// The table as a file of comma-separated values, figures with the decimals of `muster evaluate`.
    pub(super) fn csv(&self, quantity: &Quantity) -> String {
        let headings = self.columns.iter().map(|(name, _)| format!("{name} ({})", quantity.file_unit()));
        let head = std::iter::once(self.corner.clone()).chain(headings).map(CsvField::text).collect::<Vec<_>>();
        let row = |(index, label): (usize, &String)| {
            let values = self.columns.iter().map(|(_, values)| {
                let value = values.get(index).copied().flatten();
                value.map_or(CsvField::Empty, |v| CsvField::number(v.fixed(quantity.places())))
            });
            std::iter::once(CsvField::text(label.clone())).chain(values).collect()
        };
        csv_text(std::iter::once(head).chain(self.labels.iter().enumerate().map(row)))
    }

    /// The figures in words: `Capacity: FY11 Q1 118.4 M, … USD`.
    pub(super) fn words(&self, quantity: &Quantity, numbers: Numbers) -> String {
        let unit = quantity.spoken_unit();
        let values_text = |values: &[Option<Exact>]| {
            let pairs: Vec<(&String, Exact)> =
                self.labels.iter().zip(values).filter_map(|(label, v)| v.map(|v| (label, v))).collect();
            let one = |(label, v): &(&String, Exact)| format!("{label} {}{unit}", quantity.short(numbers, Some(*v)));
            let list = |pairs: &[(&String, Exact)]| pairs.iter().map(one).collect::<Vec<_>>().join(", ");
            if pairs.len() <= TOLD {
                return list(&pairs);
            }
            let ends: Vec<_> = pairs.first().into_iter().chain(pairs.last()).copied().collect();
            let least = pairs.iter().min_by_key(|(_, v)| *v).map(one).unwrap_or_default();
            let most = pairs.iter().max_by_key(|(_, v)| *v).map(one).unwrap_or_default();
            format!("from {}; lowest {least}; highest {most}", ends.iter().map(one).collect::<Vec<_>>().join(" to "))
        };
        let series = self.columns.iter().map(|(name, values)| match values_text(values) {
            none if none.is_empty() => format!("{name}: no figures"),
            figures => format!("{name}: {figures}"),
        });
        series.collect::<Vec<_>>().join(". ")
    }
}

impl Quantity {
    /// The unit behind a figure in words; a share has its sign already.
    fn spoken_unit(&self) -> String {
        if *self == Self::Share { String::new() } else { format!(" {}", self.unit()) }
    }

    /// The unit of the figures in a file, where a share is not in per cent.
    fn file_unit(&self) -> &str {
        if *self == Self::Share { "ratio" } else { self.unit() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(values: &[Option<&str>]) -> ChartTable {
        let read = |v: Option<&str>| v.map(|v| v.parse().unwrap());
        ChartTable {
            corner: "Fiscal quarter".to_owned(),
            labels: (1..=values.len()).map(|n| format!("Q{n}")).collect(),
            columns: vec![("Coverage, capacity".to_owned(), values.iter().copied().map(read).collect())],
        }
    }

    #[test]
    fn a_chart_is_a_file_of_raw_figures() {
        let text = table(&[Some("1234.5"), None]).csv(&Quantity::Money("USD".to_owned()));
        assert_eq!(text, "Fiscal quarter,\"Coverage, capacity (USD)\"\r\nQ1,1234.50\r\nQ2,\r\n");
        let text = table(&[Some("0.974491")]).csv(&Quantity::Share);
        assert_eq!(text, "Fiscal quarter,\"Coverage, capacity (ratio)\"\r\nQ1,0.974491\r\n");
    }

    #[test]
    fn one_figure_is_named_with_its_label_and_series() {
        let quantity = Quantity::Money("USD".to_owned());
        let table = table(&[Some("1234.5"), None]);
        let values_text = |at| table.figure_text(&quantity, Numbers::default(), at);
        assert_eq!(values_text((0, 0)), "Q1, Coverage, capacity: 1,235 USD");
        assert_eq!(values_text((1, 0)), "Q2, Coverage, capacity: –");
    }

    #[test]
    fn a_chart_of_nothing_is_empty() {
        assert!(table(&[None, Some("0")]).is_empty());
        assert!(!table(&[None, Some("-0.1")]).is_empty());
    }

    #[test]
    fn a_chart_is_described_in_words() {
        let numbers = Numbers::default();
        let words = table(&[Some("12.34"), None, Some("5")]).words(&Quantity::Heads, numbers);
        assert_eq!(words, "Coverage, capacity: Q1 12.3 heads, Q3 5.0 heads");
        assert_eq!(table(&[None]).words(&Quantity::Share, numbers), "Coverage, capacity: no figures");
        let many: Vec<String> = (1..=12).map(|n| ((n * 7) % 12).to_string()).collect();
        let many: Vec<Option<&str>> = many.iter().map(|n| Some(n.as_str())).collect();
        let words = table(&many).words(&Quantity::Count("hires"), numbers);
        let expected = "from Q1 7 hires to Q12 0 hires; lowest Q12 0 hires; highest Q5 11 hires";
        assert_eq!(words, format!("Coverage, capacity: {expected}"));
    }
}
