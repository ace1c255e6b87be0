//! How much processor time one frame of the window takes, with the bundled plan and with a large one: layout, painting
//! and tessellation.
#![expect(clippy::expect_used, reason = "a bench stops where its ground is missing")]

use std::sync::mpsc::Sender;

use divan::Bencher;
use egui::{Event, Key, Modifiers, PointerButton, Pos2, Rect, vec2};
use muster::desktop::{App, Document, FilePicker, Picked};
use muster::files::{self, Template};
use muster::plan::Plan;
use serde_json::Value;

fn main() {
    divan::main();
}

struct Nobody;

impl FilePicker for Nobody {
    fn open(&self, _: &egui::Context, _: Sender<Picked>) {}
    fn save(&self, _: &egui::Context, _: &str, _: Sender<Picked>) {}
}

/// A window, frame by frame.
struct Window {
    ctx: egui::Context,
    app: App,
    input: egui::RawInput,
}

impl Window {
    fn new(document: Document, (width, height): (f32, f32)) -> Self {
        let ctx = egui::Context::default();
        let app = App::new(&ctx, document, Box::new(Nobody), None);
        let screen = Rect::from_min_size(Pos2::ZERO, vec2(width, height));
        let input = egui::RawInput { screen_rect: Some(screen), ..egui::RawInput::default() };
        let mut window = Self { ctx, app, input };
        window.frame(Vec::new());
        window.frame(Vec::new());
        window
    }

    fn frame(&mut self, events: Vec<Event>) -> Vec<egui::ClippedPrimitive> {
        let input = egui::RawInput { events, ..self.input.clone() };
        let output = self.ctx.run_ui(input, |ui| self.app.show(ui));
        self.ctx.tessellate(output.shapes, output.pixels_per_point)
    }

    fn click(&mut self, pos: Pos2) {
        let button =
            |pressed| Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE };
        self.frame(vec![Event::PointerMoved(pos)]);
        self.frame(vec![button(true)]);
        self.frame(vec![button(false)]);
    }
}

#[divan::bench(args = [(1280.0, 800.0), (1920.0, 1080.0)])]
fn of_the_plan_view(bencher: Bencher<'_, '_>, size: (f32, f32)) {
    let document = Document::from_template(Template::ALL[0].name).expect("the bundled plan is sound");
    let mut window = Window::new(document, size);
    bencher.bench_local(|| window.frame(Vec::new()));
}

/// 2,000 rows of roles, all unfolded, over 20 quarters.
#[divan::bench(args = [(1280.0, 800.0), (1920.0, 1080.0)])]
fn of_a_large_plan(bencher: Bencher<'_, '_>, size: (f32, f32)) {
    let mut window = large(size);
    bencher.bench_local(|| window.frame(Vec::new()));
}

/// The same, with the wheel turning.
#[divan::bench]
fn of_a_large_plan_scrolled(bencher: Bencher<'_, '_>) {
    let mut window = large((1920.0, 1080.0));
    window.frame(vec![Event::PointerMoved(Pos2::new(700.0, 500.0))]);
    bencher.bench_local(|| {
        let wheel = Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta: vec2(0.0, -60.0),
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Wheel,
            modifiers: Modifiers::NONE,
        };
        window.frame(vec![wheel])
    });
}

/// The same, with everything selected.
#[divan::bench]
fn of_a_large_plan_selected(bencher: Bencher<'_, '_>) {
    let mut window = large((1920.0, 1080.0));
    window.click(Pos2::new(460.0, 330.0));
    let all =
        Event::Key { key: Key::A, physical_key: None, pressed: true, repeat: false, modifiers: Modifiers::COMMAND };
    window.frame(vec![all]);
    bencher.bench_local(|| window.frame(Vec::new()));
}

fn large(size: (f32, f32)) -> Window {
    let folder = tempfile::tempdir().expect("there is room for a file");
    let path = folder.path().join("large.json");
    files::write(&path, &large_plan()).expect("the large plan can be written");
    let document = Document::open(&path).expect("the large plan is sound");
    let mut window = Window::new(document, size);
    // Unfold all: the button over the row heads.
    if let Some(place) = unfold(&mut window) {
        window.click(place);
    }
    window
}

/// Where the button that unfolds all rows is, by the accessibility tree.
fn unfold(window: &mut Window) -> Option<Pos2> {
    window.ctx.enable_accesskit();
    let output = window.ctx.run_ui(window.input.clone(), |ui| window.app.show(ui));
    window.ctx.disable_accesskit();
    let nodes = output.platform_output.accesskit_update?.nodes;
    let (_, button) = nodes.into_iter().find(|(_, node)| node.label() == Some("Unfold all"))?;
    let place = button.bounds()?;
    let middle = |a: f64, b: f64| f64::midpoint(a, b);
    #[expect(clippy::cast_possible_truncation, reason = "a place on a screen")]
    let at = |x: f64| x as f32;
    Some(Pos2::new(at(middle(place.x0, place.x1)), at(middle(place.y0, place.y1))))
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
