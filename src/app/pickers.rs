//! The user's lists: views, applications, sort orders.

use super::count::at_least;
use super::dialog::picker::{Entry, IN_USE, Picker, Topic};
use super::dialog::prompt::PromptTopic;
use super::dialog::{Answer, Dialog};
use super::marks::Unjournaled;
use super::reader::Subject;
use super::{Action, App, CountsFor, Effect, QueryCount, View};
use crate::query::{self, Sort, SortKey};
use crate::search::Request;
use crate::tracking::PostingKey;

/// Number of views with a key.
const KEYED: usize = 9;

/// A sort key, and whether it is reversed.
type Order = (SortKey, bool);

/// Sort orders of the menu with their keys; `None` is by rank.
const ORDERS: [(char, &str, Option<Order>); 9] = [
    ('m', "best match", None),
    ('n', "newest", Some((SortKey::Posted, false))),
    ('o', "oldest", Some((SortKey::Posted, true))),
    ('c', "closing soonest", Some((SortKey::Closes, false))),
    ('p', "highest pay", Some((SortKey::Salary, true))),
    ('l', "lowest pay", Some((SortKey::Salary, false))),
    ('d', "nearest", Some((SortKey::Near, false))),
    ('t', "title, A–Z", Some((SortKey::Title, false))),
    ('a', "company, A–Z", Some((SortKey::Company, false))),
];

impl App {
    /// Handles actions on the whole query.
    pub(super) fn act_on_query(&mut self, action: Action) {
        const VIEWS: [Action; KEYED] = [
            Action::View1,
            Action::View2,
            Action::View3,
            Action::View4,
            Action::View5,
            Action::View6,
            Action::View7,
            Action::View8,
            Action::View9,
        ];
        match action {
            Action::Sort => self.choose_order(),
            _ => {
                if let Some(at) = VIEWS.iter().position(|view| *view == action) {
                    self.go_to_view(at);
                }
            }
        }
    }

    fn choose_order(&mut self) {
        let orders = ORDERS.map(|(hotkey, text, order)| {
            let sort = order.map(|(key, reverse)| Sort { key, reverse });
            (hotkey, text, sort)
        });
        let at = orders
            .iter()
            .position(|(.., sort)| *sort == self.browser.query.sort);
        let entries =
            orders.map(|(hotkey, text, sort)| Entry::hotkey(hotkey, text, Answer::Sort(sort)));
        let at = at.unwrap_or(0);
        self.pick(Picker::menu(Topic::Orders, "Sort by", entries.to_vec(), at));
    }

    pub(super) fn sort_by(&mut self, sort: Option<Sort>) {
        let text = query::set_sort(self.browser.query_line.text(), sort);
        self.browse(|browser, context| {
            // The order was asked for to see its top.
            browser.list.chosen = None;
            browser.list.reset();
            browser.set_query(&text, context);
        });
    }

    /// Replaces the query and shows the list.
    pub(super) fn go_to_query(&mut self, query: &str) {
        self.readers.close_all();
        self.screen = None;
        self.browse(|browser, context| browser.go_to_query(query, context));
    }

    fn go_to_view(&mut self, at: usize) {
        match self.views.get(at).cloned() {
            Some(view) => {
                self.go_to_query(&view.query);
                self.notify(view.name);
            }
            None => self.notify(format!("no saved view {}", at + 1)),
        }
    }

    /// Opens the list of themes, which previews the one under the cursor.
    pub(super) fn choose_theme(&mut self) {
        let (names, used) = (&self.settings.themes, &self.theme);
        let at = names.iter().position(|name| name == used).unwrap_or(0);
        let entries = names.iter().map(|name| {
            let entry = Entry::plain(name, Answer::Theme(name.clone()));
            let keys = if name == used { IN_USE } else { "" };
            Entry {
                keys: keys.to_owned(),
                ..entry
            }
        });
        let entries = entries.collect();
        self.pick(Picker::menu(Topic::Themes, "Theme", entries, at));
    }

    /// Opens the saved views with their numbers of new postings, and an entry for saving the query.
    pub(super) fn open_views(&mut self) {
        let views = self.views.iter().enumerate();
        let mut entries: Vec<Entry> = views
            .map(|(at, view)| Entry {
                keys: if at < KEYED {
                    (at + 1).to_string()
                } else {
                    String::new()
                },
                ..Entry::plain(view_line(view, None), Answer::Query(view.query.clone()))
            })
            .collect();
        let typed = self.browser.query_line.text().trim().to_owned();
        if !typed.is_empty() {
            let topic = PromptTopic::SaveView(typed.clone());
            let text = format!("save search as… {typed}");
            entries.push(Entry::hotkey('s', text, Answer::Ask(topic)));
        }
        if entries.is_empty() {
            return self.notify("no saved views yet · search, then save it here".to_owned());
        }
        let requests = self.views.iter();
        let requests: Vec<Request> = requests
            .map(|view| self.context().counting(&view.query))
            .collect();
        self.pick(Picker::menu(Topic::Views, "Views", entries, 0));
        if !requests.is_empty() {
            self.outbox.push(Effect::Count(CountsFor::Views, requests));
        }
    }

    /// Fills the counts into the list of views, if it is still open.
    pub(super) fn take_counts(&mut self, counts: &[Option<QueryCount>]) {
        let Some(Dialog::Picker(picker)) = &mut self.dialog else {
            return;
        };
        if picker.topic != Topic::Views {
            return;
        }
        let views = self.views.iter().zip(counts);
        for (at, (view, count)) in views.enumerate() {
            picker.rename(at, view_line(view, *count));
        }
    }

    /// Saves a query as a view, replacing one of the same name.
    pub(super) fn save_view(&mut self, view: View) {
        let same = |known: &&mut View| known.name == view.name;
        match self.views.iter_mut().find(same) {
            Some(known) => known.clone_from(&view),
            None => self.views.push(view.clone()),
        }
        self.marks.unjournaled = Some(Unjournaled::View);
        self.notify(format!("saved as view {}", view.name));
        self.outbox.push(Effect::KeepView(view));
    }

    /// Renames a view, unless the name is taken.
    pub(super) fn rename_view(&mut self, before: String, name: String) {
        if before != name && self.views.iter().any(|view| view.name == name) {
            return self.tell_failure(format!("there is a view {name} already"));
        }
        let views = self.views.iter_mut();
        for view in views.filter(|view| view.name == before) {
            view.name.clone_from(&name);
        }
        self.marks.unjournaled = Some(Unjournaled::View);
        self.notify(format!("view {before} is now {name}"));
        self.outbox.push(Effect::RenameView(before, name));
    }

    /// Deletes a view, after confirmation.
    pub(super) fn delete_view(&mut self, name: String) {
        self.views.retain(|view| view.name != name);
        self.marks.unjournaled = Some(Unjournaled::View);
        self.notify(format!("view {name} deleted"));
        self.outbox.push(Effect::DeleteView(name));
    }

    /// Opens a posting of the board, or the journal's copy of one that is gone.
    pub(super) fn open_posting(&mut self, key: PostingKey) {
        match self
            .context()
            .posting_of(&key)
            .map(|posting| posting.id.clone())
        {
            Some(id) => self.open_reader(Subject::Posting(id)),
            None => self.open_reader(Subject::Kept(key)),
        }
    }
}

fn view_line(view: &View, count: Option<QueryCount>) -> String {
    let counted = count.map(|count| {
        let text = |number| at_least(number, count.is_at_least);
        match count.new {
            0 => format!(" — {}", text(count.all)),
            new => format!(" — {} new of {}", text(new), text(count.all)),
        }
    });
    let counted = counted.unwrap_or_default();
    format!("{}  {}{counted}", view.name, view.query)
}
