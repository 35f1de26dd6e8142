//! A user's home and board, with one text in every place that takes text.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use portable_pty::CommandBuilder;
use tempfile::TempDir;

use crate::hostile::sheet::quoted;
use crate::real::{Real, jobdeck};

/// Placeholder in the journal, replaced by the payload.
const PLACE: &str = "PLACEHOLDER";

/// The board, the home, and the text.
pub struct Scene {
    /// The text.
    pub payload: &'static str,
    /// Folder of both.
    pub root: TempDir,
}

impl Scene {
    /// Writes everything.
    pub fn new(payload: &'static str) -> Self {
        let root = tempfile::tempdir().unwrap();
        let scene = Self { payload, root };
        scene.write_board();
        scene.write_config();
        scene.write_journal();
        scene
    }

    /// The folder of the board.
    pub fn board(&self) -> PathBuf {
        self.root.path().join("board")
    }

    /// jobdeck with this home.
    pub fn jobdeck(&self) -> CommandBuilder {
        let mut command = jobdeck();
        command.env("HOME", self.root.path());
        command
    }

    /// jobdeck with this home and board.
    pub fn jobdeck_here(&self) -> CommandBuilder {
        let mut command = self.jobdeck();
        command.arg("--board");
        command.arg(self.board());
        command
    }

    /// The text between letters, to see whether those survive.
    pub fn text(&self) -> String {
        format!("left{}right", self.payload)
    }

    /// The text as part of a path.
    pub fn name(&self) -> String {
        self.text().replace(['/', '\0'], " ")
    }

    /// A board with the text everywhere, and an invalid file with it.
    fn write_board(&self) {
        let (payload, text) = (self.payload, toml(&self.text()));
        let remark = payload.replace(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}'], " ");
        let posting = |id: &str, url: &str, description: &str| {
            format!(
                "[[posting]]\nid = \"{id}\"\ntitle = {text}\ncompany = {text}\nteam = {text}\n\
                 locations = [{text}]\ntags = [{text}]\nurl = \"{url}\"\npublisher = {text}\n\
                 source = {{ format = {text}, url = \"https://example.org/\" }}\n\
                 description = {description} # {remark}\n"
            )
        };
        let described = toml(&format!("## Heading {payload}\n\nletters {payload}"));
        let whole = [
            format!("[board]\nname = {text}\ndescription = {text}\n"),
            format!(
                "[[source]]\nurl = \"https://example.org/jobs\"\nname = {text}\nformat = {text}\ncompany = {text}\n"
            ),
            posting("a", "https://example.org/", &described),
            posting("b", "https://example.org/b", "\"letters \""),
            format!(
                "[[interview]]\nid = \"talk\"\ntitle = {text}\nsubtitle = {text}\ncredit = {text}\n\
                 caption = {text}\neditors_note = {text}\nintroduction = {text}\ntopics = [{text}]\n\
                 person = {{ name = {text}, role = {text} }}\npublisher = {text}\n\
                 [[interview.exchange]]\nquestion = {text}\nanswer = {text}\n"
            ),
        ];
        let board = self.board();
        fs::create_dir(&board).unwrap();
        fs::write(board.join("board.toml"), whole.concat()).unwrap();
        let wrong =
            format!("[[posting]]\nid = {text}\nlevel = {text}\n{text} = 1\nx = {payload}\n");
        fs::write(board.join(format!("{}.toml", self.name())), wrong).unwrap();
    }

    /// A config with invalid mute rules, keys and theme, and valid views.
    fn write_config(&self) {
        let folder = self.root.path().join(".config/jobdeck");
        fs::create_dir_all(&folder).unwrap();
        let (text, raw) = (toml(&self.text()), quoted(&self.text()));
        let nothing = toml(&format!("nothing-like-it-{}", self.payload));
        let config = format!(
            "theme = {text}\nmute = [{nothing}, \"salary:>{}\"]\n{text} = 1\n[keys.browse]\n{raw} = {text}\n",
            "x"
        );
        fs::write(folder.join("config.toml"), config).unwrap();
        let views = format!(
            "[[view]]\nname = {text}\nquery = {text}\n[[view]]\nname = {raw}\nquery = \"sort:{}\"\n{text} = {{}}\n",
            "posted"
        );
        fs::write(folder.join("views.toml"), views).unwrap();
    }

    /// Marks, notes, a contact and a CV of a present and a gone posting; and an invalid journal.
    fn write_journal(&self) {
        for arguments in [
            &["mark", "a", "saved"][..],
            &["mark", "a", "applied", "--contact", PLACE, "--cv", PLACE],
            &["mark", "a", "hidden", "--reason", "pay"],
            &["mark", "a", "unhidden"],
            &["note", "a", PLACE],
        ] {
            let mut command = self.jobdeck_here();
            command.args(arguments);
            let ending = Real::start(command, super::SIZE).wait_for_end();
            assert_eq!(ending.status, 0, "{}", ending.screen);
        }
        let file = self.root.path().join(".local/share/jobdeck/journal.jsonl");
        let kept = fs::read_to_string(&file).unwrap();
        fs::write(&file, self.spoiled(&kept)).unwrap();
    }

    /// The journal as written by another program, without checksums.
    fn spoiled(&self, kept: &str) -> String {
        let payload = json(self.payload);
        let mut lines = String::new();
        for line in kept.lines() {
            let (body, _) = line.split_once(",\"sum\"").unwrap();
            let body = body
                .replace(PLACE, &format!("left{payload}right"))
                .replace("\"title\":\"", &format!("\"title\":\"{payload}"))
                .replace("\"reason\":\"pay\"", &format!("\"reason\":\"{payload}\""));
            writeln!(lines, "{body}}}").unwrap();
            writeln!(
                lines,
                "{}}}",
                body.replace("\"id\":\"a\"", "\"id\":\"gone\"")
            )
            .unwrap();
            let foreign = format!("\"id\":\"{payload}\",\"{payload}\":\"{payload}\"");
            writeln!(lines, "{}}}", body.replace("\"id\":\"a\"", &foreign)).unwrap();
        }
        lines + &format!("{{\"v\":1,{}\n", self.payload)
    }
}

/// A TOML string with everything but letters escaped.
pub fn toml(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        if c.is_ascii_alphanumeric() || c == ' ' {
            out.push(c);
        } else {
            write!(out, "\\U{:08X}", u32::from(c)).unwrap();
        }
    }
    out + "\""
}

/// The content of a JSON string.
fn json(text: &str) -> String {
    let quoted = serde_json::Value::from(text).to_string();
    quoted[1..quoted.len() - 1].to_owned()
}
