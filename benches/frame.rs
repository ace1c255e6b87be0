//! How much processor time one frame of each view takes with the bundled plan, and of the grid with a large one:
//! layout, painting and tessellation.
#![expect(clippy::expect_used, reason = "a bench stops where its ground is missing")]

use std::path::Path;
use std::sync::mpsc::Sender;

use divan::Bencher;
use egui::{Context, Event, Key, Modifiers, PointerButton, Pos2, RawInput, Rect};
use muster::desktop::{App, Document, FilePicker, Picked};
use muster::files::{self, Template};
use muster::plan::Plan;
use serde_json::Value;

fn main() {
    divan::main();
}

struct Nobody;

impl FilePicker for Nobody {
    fn open(&self, _: &Context, _: Sender<Picked>) {}
    fn table(&self, _: &Context, _: Sender<Picked>) {}
    fn save(&self, _: &Context, _: &str, _: Sender<Picked>) {}
    fn show_folder(&self, _: &Path) -> Result<(), String> {
        Ok(())
    }
}

/// A window of a size.
struct Window {
    ctx: Context,
    app: App,
    input: RawInput,
}

impl Window {
    /// With the bundled plan.
    fn new(size: (f32, f32)) -> Self {
        Self::of(Document::from_template(Template::ALL[0].name).expect("the bundled plan is sound"), size)
    }

    fn of(document: Document, (width, height): (f32, f32)) -> Self {
        let ctx = Context::default();
        let app = App::new(&ctx, document, Box::new(Nobody), None);
        let screen = Rect::from_min_size(Pos2::ZERO, egui::vec2(width, height));
        Self { ctx, app, input: RawInput { screen_rect: Some(screen), ..RawInput::default() } }
    }

    fn frame(&mut self, events: Vec<Event>) -> egui::FullOutput {
        let input = RawInput { events, ..self.input.clone() };
        let mut output = self.ctx.run_ui(input, |ui| self.app.show(ui));
        // Nobody uploads textures here.
        output.textures_delta.clear();
        output
    }

    /// Presses a key with Ctrl, as for a view.
    fn press(&mut self, key: Key) {
        let event = |pressed| Event::Key {
            key,
            physical_key: None,
            pressed,
            repeat: false,
            modifiers: Modifiers::COMMAND | Modifiers::CTRL,
        };
        self.frame(vec![event(true), event(false)]);
    }

    /// Clicks the control of a name.
    fn click(&mut self, name: &str) {
        self.ctx.enable_accesskit();
        self.frame(Vec::new());
        let update = self.frame(Vec::new()).platform_output.accesskit_update.expect("the tree is asked for");
        let node = update.nodes.iter().find(|(_, node)| node.label() == Some(name)).expect("the control is there");
        let bounds = node.1.bounds().expect("the control has a place");
        let scale = f64::from(self.ctx.pixels_per_point());
        #[expect(clippy::cast_possible_truncation, reason = "a place on a screen")]
        let pos = Pos2::new(
            (f64::midpoint(bounds.x0, bounds.x1) / scale) as f32,
            (f64::midpoint(bounds.y0, bounds.y1) / scale) as f32,
        );
        let button =
            |pressed| Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE };
        self.frame(vec![Event::PointerMoved(pos)]);
        self.frame(vec![button(true)]);
        self.frame(vec![button(false)]);
        self.frame(vec![Event::PointerGone]);
        self.ctx.disable_accesskit();
    }

    fn measure(self, bencher: Bencher<'_, '_>) {
        self.measure_with(bencher, &[]);
    }

    /// With the same events in every frame.
    fn measure_with(mut self, bencher: Bencher<'_, '_>, events: &[Event]) {
        self.frame(Vec::new());
        bencher.bench_local(|| {
            let output = self.frame(events.to_vec());
            self.ctx.tessellate(output.shapes, output.pixels_per_point)
        });
    }
}

const SIZES: [(f32, f32); 2] = [(1280.0, 800.0), (1920.0, 1080.0)];

/// The views by their number in the list.
const VIEWS: [(u8, Key); 8] = [
    (1, Key::Num1),
    (2, Key::Num2),
    (3, Key::Num3),
    (4, Key::Num4),
    (5, Key::Num5),
    (6, Key::Num6),
    (7, Key::Num7),
    (8, Key::Num8),
];

fn view(bencher: Bencher<'_, '_>, size: (f32, f32), number: u8, then: Option<&str>) {
    let mut window = Window::new(size);
    window.frame(Vec::new());
    let key = VIEWS.iter().find(|(n, _)| *n == number).expect("there are eight views").1;
    window.press(key);
    if let Some(name) = then {
        window.click(name);
    }
    window.measure(bencher);
}

#[divan::bench(args = SIZES)]
fn of_the_plan_view(bencher: Bencher<'_, '_>, size: (f32, f32)) {
    view(bencher, size, 1, None);
}

#[divan::bench(args = SIZES)]
fn of_coverage_as_a_table(bencher: Bencher<'_, '_>, size: (f32, f32)) {
    view(bencher, size, 2, None);
}

#[divan::bench(args = SIZES)]
fn of_coverage_as_charts(bencher: Bencher<'_, '_>, size: (f32, f32)) {
    view(bencher, size, 2, Some("Charts"));
}

#[divan::bench(args = SIZES)]
fn of_coverage_as_a_map(bencher: Bencher<'_, '_>, size: (f32, f32)) {
    view(bencher, size, 2, Some("Map"));
}

#[divan::bench(args = SIZES)]
fn of_cost_by_line(bencher: Bencher<'_, '_>, size: (f32, f32)) {
    view(bencher, size, 3, None);
}

#[divan::bench(args = SIZES)]
fn of_cost_by_region(bencher: Bencher<'_, '_>, size: (f32, f32)) {
    view(bencher, size, 3, Some("Regions"));
}

#[divan::bench(args = SIZES)]
fn of_the_workforce_view(bencher: Bencher<'_, '_>, size: (f32, f32)) {
    view(bencher, size, 4, None);
}

#[divan::bench(args = SIZES)]
fn of_the_workforce_of_all_places(bencher: Bencher<'_, '_>, size: (f32, f32)) {
    view(bencher, size, 4, Some("All places"));
}

#[divan::bench(args = SIZES)]
fn of_the_positions_view(bencher: Bencher<'_, '_>, size: (f32, f32)) {
    view(bencher, size, 5, None);
}

/// A part of the Scenarios view, once what another thread works out is there.
fn part_of_scenarios(bencher: Bencher<'_, '_>, size: (f32, f32), part: &str) {
    let mut window = Window::new(size);
    window.frame(Vec::new());
    window.press(Key::Num6);
    window.click(part);
    std::thread::sleep(std::time::Duration::from_secs(4));
    window.frame(Vec::new());
    std::thread::sleep(std::time::Duration::from_secs(1));
    window.measure(bencher);
}

#[divan::bench(args = SIZES)]
fn of_the_list_of_scenarios(bencher: Bencher<'_, '_>, size: (f32, f32)) {
    part_of_scenarios(bencher, size, "List");
}

#[divan::bench(args = SIZES)]
fn of_the_levers(bencher: Bencher<'_, '_>, size: (f32, f32)) {
    part_of_scenarios(bencher, size, "Levers");
}

#[divan::bench(args = SIZES)]
fn of_a_comparison(bencher: Bencher<'_, '_>, size: (f32, f32)) {
    part_of_scenarios(bencher, size, "Compare");
}

#[divan::bench(args = SIZES)]
fn of_a_sensitivity(bencher: Bencher<'_, '_>, size: (f32, f32)) {
    part_of_scenarios(bencher, size, "Sensitivity");
}

#[divan::bench(args = SIZES)]
fn of_goal_seek(bencher: Bencher<'_, '_>, size: (f32, f32)) {
    part_of_scenarios(bencher, size, "Goal seek");
}

#[divan::bench(args = SIZES)]
fn of_the_change_log(bencher: Bencher<'_, '_>, size: (f32, f32)) {
    part_of_scenarios(bencher, size, "Change log");
}

#[divan::bench(args = SIZES)]
fn of_the_assumptions_view(bencher: Bencher<'_, '_>, size: (f32, f32)) {
    view(bencher, size, 7, None);
}

#[divan::bench(args = SIZES)]
fn of_the_ramps(bencher: Bencher<'_, '_>, size: (f32, f32)) {
    view(bencher, size, 7, Some("Ramp"));
}

#[divan::bench(args = SIZES)]
fn of_the_regions(bencher: Bencher<'_, '_>, size: (f32, f32)) {
    view(bencher, size, 7, Some("Regions"));
}

#[divan::bench(args = SIZES)]
fn of_the_checks_view(bencher: Bencher<'_, '_>, size: (f32, f32)) {
    view(bencher, size, 8, None);
}

/// 2,000 rows of roles, all unfolded, over 20 quarters.
#[divan::bench(args = SIZES)]
fn of_a_large_plan(bencher: Bencher<'_, '_>, size: (f32, f32)) {
    large(size).measure(bencher);
}

/// The same, with the wheel turning.
#[divan::bench]
fn of_a_large_plan_scrolled(bencher: Bencher<'_, '_>) {
    let mut window = large((1920.0, 1080.0));
    window.frame(vec![Event::PointerMoved(Pos2::new(700.0, 500.0))]);
    let wheel = Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: egui::vec2(0.0, -60.0),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Wheel,
        modifiers: Modifiers::NONE,
    };
    window.measure_with(bencher, &[wheel]);
}

/// The same, with everything selected.
#[divan::bench]
fn of_a_large_plan_selected(bencher: Bencher<'_, '_>) {
    let mut window = large((1920.0, 1080.0));
    window.click("All regions, FY11 Q1");
    window.press(Key::A);
    window.measure(bencher);
}

fn large(size: (f32, f32)) -> Window {
    let folder = tempfile::tempdir().expect("there is room for a file");
    let path = folder.path().join("large.json");
    files::write(&path, &large_plan()).expect("the large plan can be written");
    let document = Document::open(&path).expect("the large plan is sound");
    let mut window = Window::of(document, size);
    window.frame(Vec::new());
    window.click("Unfold all");
    window
}

/// The bundled plan with 200 regions of 10 roles over 20 quarters.
fn large_plan() -> Plan {
    let plan = Template::ALL[0].plan().expect("the bundled plan is sound");
    let mut json = serde_json::to_value(plan).expect("a plan is JSON");
    let longer = |list: &Value, to: usize| -> Value {
        let list = list.as_array().cloned().unwrap_or_default();
        list.iter().cycle().take(to).cloned().collect()
    };
    json["calendar"]["quarters"] = 20.into();
    json["recruiting_capacity"] = longer(&json["recruiting_capacity"], 20);
    json["scenarios"] = Value::Array(Vec::new());
    json["judgements"] = Value::Array(Vec::new());
    let roles = json["roles"].as_array().cloned().unwrap_or_default();
    let more = roles.iter().take(10 - roles.len()).map(|role| {
        let mut role = role.clone();
        role["id"] = format!("{}-2", role["id"].as_str().unwrap_or_default()).into();
        role
    });
    json["roles"] = roles.iter().cloned().chain(more).collect();
    let regions = json["regions"].as_array().cloned().unwrap_or_default();
    let (mut many, mut pay, mut hires, mut targets) =
        (Vec::new(), json["pay"].clone(), json["hires"].clone(), json["targets"].clone());
    for (index, region) in regions.iter().cycle().take(200).enumerate() {
        let old = region["id"].as_str().unwrap_or_default();
        let id = if index < regions.len() { old.to_owned() } else { format!("{old}-{index}") };
        let mut region = region.clone();
        region["id"] = id.clone().into();
        region["market"] = longer(&region["market"], 5);
        pay[&id] = json["pay"][old].clone();
        targets[&id] = longer(&json["targets"][old], 20);
        let mut here = json["hires"][old].clone();
        if let Some(roles) = here.as_object_mut() {
            roles.values_mut().for_each(|list| *list = longer(list, 20));
        }
        hires[&id] = here;
        many.push(region);
    }
    json["regions"] = many.into();
    json["pay"] = pay;
    json["hires"] = hires;
    json["targets"] = targets;
    serde_json::from_value(json).expect("the large plan has a plan's shape")
}
