//! Themes in true colour: two palettes, and their conversion to styles.

use ratatui::style::{Color, Modifier, Style};

use super::{BOLD, ITALIC, REVERSED, Theme, UNDERLINED};

/// Colours of a painted theme.
struct Palette {
    /// Background of postings and text.
    ground: Color,
    /// Background of the filters.
    panel: Color,
    /// Background of the top and bottom lines.
    bar: Color,
    /// Background of dialogs.
    raised: Color,
    /// Background of the selected row.
    selected: Color,
    /// Background of the selected row in a pane without focus.
    selected_unfocused: Color,
    /// Rules between regions.
    rule: Color,
    /// Thumb of a scroll bar.
    thumb: Color,
    text: Color,
    muted: Color,
    faint: Color,
    accent: Color,
    pay: Color,
    mine: Color,
    soon: Color,
    matched: Color,
    error: Color,
    code: Color,
}

/// Light text on stepped dark backgrounds.
pub(super) fn night() -> Theme {
    theme(&Palette {
        ground: rgb(0x14_17_1c),
        panel: rgb(0x18_1c_22),
        bar: rgb(0x1d_22_2a),
        raised: rgb(0x1f_25_2e),
        selected: rgb(0x26_32_41),
        selected_unfocused: rgb(0x1f_26_30),
        rule: rgb(0x2a_30_3a),
        thumb: rgb(0x5a_63_71),
        text: rgb(0xd7_da_e0),
        muted: rgb(0x9f_a8_b5),
        faint: rgb(0x86_8f_9d),
        accent: rgb(0x7a_a7_e0),
        pay: rgb(0x8f_ce_9b),
        mine: rgb(0xe0_c4_6c),
        soon: rgb(0xe8_95_7a),
        matched: rgb(0xf0_b4_5a),
        error: rgb(0xf2_8b_82),
        code: rgb(0xa5_c8_b8),
    })
}

/// Dark text on stepped light backgrounds.
pub(super) fn day() -> Theme {
    theme(&Palette {
        ground: rgb(0xfc_fb_f8),
        panel: rgb(0xf5_f3_ee),
        bar: rgb(0xeb_e8_e1),
        raised: rgb(0xe8_e4_da),
        selected: rgb(0xd9_e5_f4),
        selected_unfocused: rgb(0xe9_eb_ee),
        rule: rgb(0xdd_d9_d0),
        thumb: rgb(0xa5_a0_95),
        text: rgb(0x23_28_2f),
        muted: rgb(0x4e_57_63),
        faint: rgb(0x5f_66_71),
        accent: rgb(0x1a_5f_b4),
        pay: rgb(0x1d_6b_3a),
        mine: rgb(0x7d_56_00),
        soon: rgb(0xa3_3c_12),
        matched: rgb(0x98_45_0b),
        error: rgb(0xb3_26_1e),
        code: rgb(0x2f_5d_50),
    })
}

fn theme(palette: &Palette) -> Theme {
    let on = |fg: Color| Style::new().fg(fg);
    let bold = |fg: Color| on(fg).add_modifier(BOLD);
    let with = |fg: Color, modifier: Modifier| on(fg).add_modifier(modifier);
    let behind = |bg: Color| Style::new().bg(bg);
    let p = palette;
    Theme {
        ground: on(p.text).bg(p.ground),
        text: on(p.text),
        muted: on(p.muted),
        faint: on(p.faint),
        panel: behind(p.panel),
        bar: behind(p.bar),
        raised: behind(p.raised),
        border: on(p.rule),
        border_focus: on(p.rule),
        scroll: on(p.thumb),
        brand: bold(p.accent),
        pane_title: bold(p.muted),
        pane_title_focus: bold(p.accent),
        cursor: on(p.accent),
        selected: behind(p.selected),
        selected_unfocused: behind(p.selected_unfocused),
        title: bold(p.text),
        title_seen: on(p.muted),
        closed: with(p.faint, ITALIC),
        pay: on(p.pay),
        badge: on(p.accent),
        badge_derived: on(p.faint),
        label: on(p.faint),
        marked: bold(p.mine),
        mine: on(p.mine),
        heading: bold(p.accent),
        question: bold(p.accent),
        caption: with(p.faint, ITALIC),
        note: with(p.muted, ITALIC),
        matched: with(p.matched, BOLD | UNDERLINED),
        hit: with(p.matched, BOLD | UNDERLINED),
        hit_current: with(p.matched, BOLD | REVERSED),
        error: bold(p.error),
        incomplete: on(p.soon),
        notice: on(p.matched),
        key: bold(p.accent),
        link: with(p.accent, UNDERLINED),
        link_focus: with(p.accent, BOLD | REVERSED),
        checked: bold(p.matched),
        excluded: bold(p.error),
        code: on(p.code),
        emphasis: Style::new().add_modifier(ITALIC),
        strong: Style::new().add_modifier(BOLD),
        progress: on(p.accent),
    }
}

const fn rgb(hex: u32) -> Color {
    Color::from_u32(hex)
}

/// The style in the nearest of the 256 colours.
pub(super) fn indexed(style: Style) -> Style {
    Style {
        fg: style.fg.map(nearest),
        bg: style.bg.map(nearest),
        ..style
    }
}

/// The nearest colour of the 6 × 6 × 6 cube or of the 24 greys.
fn nearest(color: Color) -> Color {
    const CUBE: [u8; 6] = [0, 95, 135, 175, 215, 255];
    let Color::Rgb(red, green, blue) = color else {
        return color;
    };
    let distance = |r: u8, g: u8, b: u8| {
        let square = |a: u8, b: u8| u32::from(a.abs_diff(b)).pow(2);
        square(r, red) + square(g, green) + square(b, blue)
    };
    let level = |value: u8| (0..6).min_by_key(|at| CUBE[usize::from(*at)].abs_diff(value));
    let [r, g, b] = [red, green, blue].map(|value| level(value).unwrap_or(0));
    let in_cube = [r, g, b].map(|at: u8| CUBE[usize::from(at)]);
    let cube = (
        distance(in_cube[0], in_cube[1], in_cube[2]),
        16 + 36 * r + 6 * g + b,
    );
    let greys = (0..24u8).map(|at| {
        let value = 8 + 10 * at;
        (distance(value, value, value), 232 + at)
    });
    let (_, index) = greys.fold(cube, Ord::min);
    Color::Indexed(index)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_of_256_colours() {
        for (hex, index) in [
            (0x00_00_00, 16),
            (0xff_ff_ff, 231),
            (0x14_17_1c, 234),
            (0x7a_a7_e0, 110),
            (0x80_80_80, 244),
        ] {
            assert_eq!(nearest(rgb(hex)), Color::Indexed(index), "{hex:06x}");
        }
        assert_eq!(nearest(Color::Cyan), Color::Cyan);
    }
}
