//! Text is readable in every built-in theme: the contrast is at least 4.5 to 1 against every background, as defined by
//! WCAG 2.

use ratatui::style::{Color, Modifier, Style};

use super::{Display, Ground, Theme, ThemeName};

const LEAST: f64 = 4.5;

/// Roles without text: rules, bars and thumbs.
const NOT_TEXT: [&str; 9] = [
    "ground",
    "panel",
    "bar",
    "raised",
    "border",
    "border_focus",
    "scroll",
    "selected",
    "selected_unfocused",
];

/// The default sixteen colours of a terminal, and whether it shows bold text in bright colours.
struct Terminal {
    name: &'static str,
    colors: [u32; 16],
    bold_is_bright: bool,
}

const TERMINALS: [Terminal; 3] = [
    Terminal {
        name: "xterm",
        colors: [
            0x00_00_00, 0xcd_00_00, 0x00_cd_00, 0xcd_cd_00, 0x00_00_ee, 0xcd_00_cd, 0x00_cd_cd,
            0xe5_e5_e5, 0x7f_7f_7f, 0xff_00_00, 0x00_ff_00, 0xff_ff_00, 0x5c_5c_ff, 0xff_00_ff,
            0x00_ff_ff, 0xff_ff_ff,
        ],
        bold_is_bright: false,
    },
    Terminal {
        name: "PuTTY",
        colors: [
            0x00_00_00, 0xbb_00_00, 0x00_bb_00, 0xbb_bb_00, 0x00_00_bb, 0xbb_00_bb, 0x00_bb_bb,
            0xbb_bb_bb, 0x55_55_55, 0xff_55_55, 0x55_ff_55, 0xff_ff_55, 0x55_55_ff, 0xff_55_ff,
            0x55_ff_ff, 0xff_ff_ff,
        ],
        bold_is_bright: true,
    },
    Terminal {
        name: "Linux console",
        colors: [
            0x00_00_00, 0xaa_00_00, 0x00_aa_00, 0xaa_55_00, 0x00_00_aa, 0xaa_00_aa, 0x00_aa_aa,
            0xaa_aa_aa, 0x55_55_55, 0xff_55_55, 0x55_ff_55, 0xff_ff_55, 0x55_55_ff, 0xff_55_ff,
            0x55_ff_ff, 0xff_ff_ff,
        ],
        bold_is_bright: true,
    },
];

impl Terminal {
    fn rgb(&self, color: Color, bold: bool) -> u32 {
        let at = match color {
            Color::Rgb(red, green, blue) => return u32::from_be_bytes([0, red, green, blue]),
            Color::Black => 0,
            Color::Red => 1,
            Color::Green => 2,
            Color::Yellow => 3,
            Color::Blue => 4,
            Color::Magenta => 5,
            Color::Cyan => 6,
            Color::Gray => 7,
            Color::DarkGray => 8,
            Color::LightRed => 9,
            Color::LightGreen => 10,
            Color::LightYellow => 11,
            Color::LightBlue => 12,
            Color::LightMagenta => 13,
            Color::LightCyan => 14,
            Color::White => 15,
            other => panic!("{other:?} is in no shipped theme"),
        };
        let bright = bold && self.bold_is_bright && at < 8;
        self.colors[at + if bright { 8 } else { 0 }]
    }
}

fn luminance(rgb: u32) -> f64 {
    let [_, red, green, blue] = rgb.to_be_bytes().map(|value| {
        let value = f64::from(value) / 255.0;
        if value <= 0.040_45 {
            value / 12.92
        } else {
            ((value + 0.055) / 1.055).powf(2.4)
        }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn contrast(one: u32, other: u32) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// Contrast of a style on a ground, where `own` and `behind` are the terminal's default colours.
fn shown(style: Style, ground: Style, terminal: &Terminal, (own, behind): (u32, u32)) -> f64 {
    let style = ground.patch(style);
    let bold = style.add_modifier.contains(Modifier::BOLD);
    let rgb = |color: Option<Color>, bold, default| match color {
        None | Some(Color::Reset) => default,
        Some(color) => terminal.rgb(color, bold),
    };
    let (fg, bg) = (rgb(style.fg, bold, own), rgb(style.bg, false, behind));
    contrast(fg, bg)
}

#[test]
fn black_on_white_is_twenty_one_to_one() {
    assert!((contrast(0, 0xff_ff_ff) - 21.0).abs() < 0.01);
    assert!((contrast(0x77_77_77, 0xff_ff_ff) - 4.48).abs() < 0.01);
}

#[test]
fn text_is_readable_on_every_background_of_every_theme() {
    let mut weak = Vec::new();
    for terminal in &TERMINALS {
        for ground in [Ground::Dark, Ground::Light] {
            let display = Display {
                ground,
                true_color: true,
                no_color: false,
            };
            let own = match ground {
                Ground::Dark => (terminal.colors[7], terminal.colors[0]),
                Ground::Light => (terminal.colors[0], terminal.colors[15]),
            };
            for name in ThemeName::ALL {
                let theme = Theme::named(name, display);
                let grounds = [
                    ("screen", theme.ground),
                    ("panel", theme.ground.patch(theme.panel)),
                    ("bar", theme.ground.patch(theme.bar)),
                    ("dialog", theme.ground.patch(theme.raised)),
                    ("selection", theme.on_selection(theme.ground, true)),
                    ("other selection", theme.on_selection(theme.ground, false)),
                ];
                for (role, style) in theme.roles() {
                    if NOT_TEXT.contains(&role) {
                        continue;
                    }
                    for (at, (place, ground)) in grounds.iter().enumerate() {
                        let style = match at {
                            4 | 5 => theme.on_selection(style, at == 4),
                            _ => style,
                        };
                        let ratio = shown(style, *ground, terminal, own);
                        if ratio < LEAST {
                            weak.push(format!(
                                "{} {name:?} {:?}: {role} on {place}: {ratio:.1}",
                                terminal.name, display.ground
                            ));
                        }
                    }
                }
            }
        }
    }
    assert!(weak.is_empty(), "{}", weak.join("\n"));
}
