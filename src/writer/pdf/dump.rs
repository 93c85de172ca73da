//! Boxes and structure of every page as text, for snapshots: what changed on a page is a line that changed.

use super::layout::{Content, Item, Kid, Layout, Role};
use super::tags::role;
use std::fmt::Write as _;

impl Layout {
    /// Pages with their boxes in tenths of a point, then the structure tree with its text.
    pub fn dump(&self) -> String {
        let mut out = String::new();
        for (i, page) in self.pages.iter().enumerate() {
            let _ = writeln!(out, "page {} [{}]", i + 1, page.running);
            let mut within = String::new();
            for item in &page.items {
                match item {
                    Item::Open(Content::Tagged { mark, .. }) => within = format!("{mark}"),
                    Item::Open(Content::Artifact(artifact)) => within = format!("{artifact:?}"),
                    Item::Close => within.clear(),
                    Item::Text { x, y, size, face, text, .. } => {
                        let _ = writeln!(out, "  {within}: {x:.1} {y:.1} {size} {face:?} {text:?}");
                    }
                    Item::Path { segments, .. } => {
                        let _ = writeln!(out, "  {within}: path of {}", segments.len());
                    }
                    Item::Disc { x, y, r, .. } => {
                        let _ = writeln!(out, "  {within}: disc of {r} at {x:.1} {y:.1}");
                    }
                }
            }
            for link in &page.links {
                let _ = writeln!(out, "  link {:?} {:?}", link.target, link.words);
            }
        }
        let _ = writeln!(out, "structure");
        self.dump_node(0, 1, &mut out);
        out
    }

    fn dump_node(&self, node: usize, depth: usize, out: &mut String) {
        let element = &self.nodes[node];
        let mut words = String::new();
        for kid in &element.kids {
            if let Kid::Content { page, mark } = kid {
                words += &self.words(*page, *mark);
            }
        }
        let alt = match &element.role {
            Role::Figure { alt, .. } => format!(" alt {alt:?}"),
            _ => String::new(),
        };
        let language = if element.language.is_empty() { String::new() } else { format!(" lang {}", element.language) };
        let words = if words.is_empty() { String::new() } else { format!(" {words:?}") };
        let _ = writeln!(out, "{:width$}{}{language}{alt}{words}", "", role(&element.role), width = 2 * depth);
        for kid in &element.kids {
            if let Kid::Node(child) = kid {
                self.dump_node(*child, depth + 1, out);
            }
        }
    }

    /// What a mark of a page reads as.
    fn words(&self, page: usize, mark: usize) -> String {
        let mut words = String::new();
        let mut open = false;
        for item in &self.pages[page].items {
            match item {
                Item::Open(content) => open = matches!(content, Content::Tagged { mark: m, .. } if *m == mark),
                Item::Close => open = false,
                Item::Text { text, .. } if open => words += text,
                Item::Text { .. } | Item::Path { .. } | Item::Disc { .. } => {}
            }
        }
        words
    }
}
