use jobdeck::{
    app::{self, *},
    board::Date,
    config::{Config, Theme, ThemeName},
    content,
    search::{Index, Searcher},
    ui,
};
use ratatui::{Terminal, backend::TestBackend};
use std::sync::Arc;
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let (w, h): (u16, u16) = (args[1].parse().unwrap(), args[2].parse().unwrap());
    let config = Config::default();
    let settings = Settings {
        measure: 72,
        mouse: true,
        keys: config.keymap.bindings(),
        query: String::new(),
        today: Date::constant(2026, 10, 1),
        size: (w, h),
    };
    let (mut app, _) = App::new(settings, Arc::new(Index::new(Arc::default())));
    let loaded = content::shipped();
    let index = Arc::new(Index::new(Arc::new(loaded.board)));
    fn send(app: &mut App, m: Message, index: &Arc<Index>) {
        for e in app.update(m) {
            if let Effect::Search(g, r) = e {
                let mm = Searcher::new(index.clone()).search(&r, &|| false).unwrap();
                send(app, Message::Matched(g, mm), index);
            }
        }
    }
    send(&mut app, Message::Loaded(index.clone(), vec![]), &index);
    for k in args[3..].iter() {
        if let Some(t) = k.strip_prefix("type:") {
            for c in t.chars() {
                send(&mut app, Message::Action(Action::Insert(c)), &index);
            }
        } else {
            send(
                &mut app,
                Message::Action(Action::from_name(k).expect(k)),
                &index,
            );
        }
    }
    let theme = Theme::named(ThemeName::Terminal, false);
    let mut t = Terminal::new(TestBackend::new(w, h)).unwrap();
    t.draw(|f| ui::draw(&app, &theme, f)).unwrap();
    let b = t.backend().buffer();
    for y in 0..h {
        let mut s = String::new();
        let mut x = 0;
        while x < w {
            let c = &b[(x, y)];
            s.push_str(c.symbol());
            x += unicode_width::UnicodeWidthStr::width(c.symbol()).max(1) as u16;
        }
        println!("{s}");
    }
    let _ = app::MEASURES;
}
