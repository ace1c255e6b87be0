//! How much processor time one frame of each view takes with plans of each size: layout, painting and tessellation.
#![expect(clippy::expect_used, reason = "a bench stops where its ground is missing")]

mod common;

use std::path::Path;
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use common::{BUNDLED, HUGE, LARGE, Size};
use divan::Bencher;
use egui::{Context, Event, Key, Modifiers, PointerButton, Pos2, RawInput, Rect, ViewportId};
use muster::desktop::{App, Document, FilePicker, Picked};
use muster::files;

/// How long what other threads work out may take.
const PATIENCE: Duration = Duration::from_mins(5);

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

/// A window with a plan.
struct Window {
    ctx: Context,
    app: App,
    input: RawInput,
}

impl Window {
    fn new(plan: Size, (width, height): (f32, f32)) -> Self {
        let folder = tempfile::tempdir().expect("there is room for a file");
        let path = folder.path().join("plan.json");
        files::write(&path, &plan.plan()).expect("the plan can be written");
        let document = Document::open(&path).expect("the plan is sound");
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

    /// Shows frames until none is asked for: what other threads work out is there then.
    fn settle(&mut self) {
        let start = Instant::now();
        loop {
            let output = self.frame(Vec::new());
            let next = output.viewport_output.get(&ViewportId::ROOT).expect("there is a window").repaint_delay;
            if next == Duration::MAX {
                return;
            }
            assert!(start.elapsed() < PATIENCE, "the window does not come to rest");
            std::thread::sleep(next.min(Duration::from_millis(20)));
        }
    }

    /// With the same events in every frame.
    fn measure(mut self, bencher: Bencher<'_, '_>, events: &[Event]) {
        self.frame(Vec::new());
        bencher.bench_local(|| {
            let output = self.frame(events.to_vec());
            self.ctx.tessellate(output.shapes, output.pixels_per_point)
        });
    }
}

/// A view, and what is pressed in it.
#[derive(Clone, Copy)]
struct View {
    name: &'static str,
    key: Key,
    part: Option<&'static str>,
}

impl std::fmt::Display for View {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

const fn view(name: &'static str, key: Key, part: Option<&'static str>) -> View {
    View { name, key, part }
}

const VIEWS: [View; 22] = [
    view("plan", Key::Num1, None),
    view("plan, unfolded", Key::Num1, Some("Unfold all")),
    view("coverage", Key::Num2, Some("Table")),
    view("coverage, charts", Key::Num2, Some("Charts")),
    view("coverage, map", Key::Num2, Some("Map")),
    view("cost by line", Key::Num3, None),
    view("cost by region", Key::Num3, Some("Regions")),
    view("workforce", Key::Num4, None),
    view("workforce, all places", Key::Num4, Some("All places")),
    view("positions", Key::Num5, None),
    view("scenarios", Key::Num6, Some("List")),
    view("levers", Key::Num6, Some("Levers")),
    view("comparison", Key::Num6, Some("Compare")),
    view("sensitivity", Key::Num6, Some("Sensitivity")),
    view("goal seek", Key::Num6, Some("Goal seek")),
    view("change log", Key::Num6, Some("Change log")),
    view("risk", Key::Num9, None),
    view("optimise", Key::Num0, None),
    view("assumptions", Key::Num7, None),
    view("ramps", Key::Num7, Some("Ramp")),
    view("regions", Key::Num7, Some("Regions")),
    view("checks", Key::Num8, None),
];

const LAPTOP: (f32, f32) = (1280.0, 800.0);
const DESK: (f32, f32) = (1920.0, 1080.0);

#[divan::bench(args = VIEWS)]
fn bundled_on_a_laptop(bencher: Bencher<'_, '_>, view: View) {
    of(bencher, BUNDLED, LAPTOP, view);
}

#[divan::bench(args = VIEWS)]
fn bundled_on_a_desk(bencher: Bencher<'_, '_>, view: View) {
    of(bencher, BUNDLED, DESK, view);
}

#[divan::bench(args = VIEWS)]
fn large_on_a_desk(bencher: Bencher<'_, '_>, view: View) {
    of(bencher, LARGE, DESK, view);
}

/// But for what other threads work out for minutes.
#[divan::bench(args = VIEWS.into_iter().filter(|view| !["sensitivity", "risk"].contains(&view.name)))]
fn huge_on_a_desk(bencher: Bencher<'_, '_>, view: View) {
    of(bencher, HUGE, DESK, view);
}

fn of(bencher: Bencher<'_, '_>, plan: Size, screen: (f32, f32), view: View) {
    let mut window = Window::new(plan, screen);
    window.frame(Vec::new());
    window.press(view.key);
    if let Some(part) = view.part {
        window.click(part);
    }
    window.settle();
    window.measure(bencher, &[]);
}

/// With the wheel turning.
#[divan::bench(args = [LARGE, HUGE])]
fn scrolled(bencher: Bencher<'_, '_>, plan: Size) {
    let mut window = unfolded(plan);
    window.frame(vec![Event::PointerMoved(Pos2::new(700.0, 500.0))]);
    let wheel = Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: egui::vec2(0.0, -60.0),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Wheel,
        modifiers: Modifiers::NONE,
    };
    window.measure(bencher, &[wheel]);
}

/// With everything selected.
#[divan::bench(args = [LARGE, HUGE])]
fn all_selected(bencher: Bencher<'_, '_>, plan: Size) {
    let mut window = unfolded(plan);
    window.click("All regions, FY11 Q1");
    window.press(Key::A);
    window.measure(bencher, &[]);
}

fn unfolded(plan: Size) -> Window {
    let mut window = Window::new(plan, DESK);
    window.frame(Vec::new());
    window.click("Unfold all");
    window
}
