//! Pages of boxes, and the structure tree over them: all that a page shows and all that a reader hears, before any PDF.
//!
//! Lengths in points, y down from the page top, text by its baseline.

use crate::writer::drawing::{Segment, Stroke};
use crate::writer::font::{Face, extent, printable};
use crate::writer::theme::grid::{BOTTOM, TOP};
use crate::writer::theme::{Rgb, Style};
use std::collections::BTreeMap;

/// What an element of the structure tree is.
#[derive(Clone, Debug, PartialEq)]
pub enum Role {
    Document,
    Section,
    /// Level 1 to 6.
    Heading(u8),
    Paragraph,
    List,
    Item,
    Label,
    Body,
    Table,
    TableHead,
    TableBody,
    Row,
    /// A head cell: of its column or its row, over so many columns.
    Head(Scope, usize),
    Cell,
    /// With its alternative text and, once placed, its box (page; left, top, right, bottom).
    Figure {
        alt: String,
        bbox: Option<(usize, [f32; 4])>,
    },
    Caption,
    Link,
    Note,
    Contents,
    ContentsItem,
    Reference,
    Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    Row,
    Column,
}

/// An element of the structure tree; the first one is the document.
#[derive(Clone, Debug)]
pub struct Node {
    pub role: Role,
    pub kids: Vec<Kid>,
    /// BCP 47 where it differs from the document's; else empty.
    pub language: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kid {
    Node(usize),
    /// Marked content of a page.
    Content {
        page: usize,
        mark: usize,
    },
    /// A link of a page.
    Link {
        page: usize,
        link: usize,
    },
}

/// What a page paints, in order.
#[derive(Clone, Debug)]
pub enum Item {
    Open(Content),
    Close,
    Text {
        x: f32,
        y: f32,
        size: f32,
        face: Face,
        color: Rgb,
        text: String,
        paint: Paint,
    },
    Path {
        segments: Vec<Segment>,
        fill: Option<Rgb>,
        stroke: Option<Stroke>,
    },
    /// A filled disc without an outline.
    Disc {
        x: f32,
        y: f32,
        r: f32,
        fill: Rgb,
    },
}

/// How letters are painted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Paint {
    Fill,
    /// Outlined so wide, in the colour: a halo.
    Outline(f32),
    /// A hyphen that only the end of the line asked for: it reads as a soft hyphen.
    SoftHyphen,
}

/// What a stretch of a page's content is.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    Tagged { mark: usize, tag: &'static str, language: String },
    Artifact(Artifact),
}

/// Furniture, which is not read aloud.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Artifact {
    Header,
    Footer,
    /// A table's head repeated on a further page.
    Repeated,
    /// Rules and fills.
    Layout,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A place in the document that [`Layout::anchor`] names.
    Anchor(String),
    /// A web address.
    Address(String),
}

#[derive(Clone, Debug)]
pub struct Link {
    /// Left, top, right, bottom.
    pub rect: [f32; 4],
    pub target: Target,
    /// Said of it by a screen reader.
    pub words: String,
    pub node: usize,
}

#[derive(Clone, Debug, Default)]
pub struct Page {
    pub items: Vec<Item>,
    pub links: Vec<Link>,
    /// How many marks the page has.
    pub marks: usize,
    /// Right of the running header.
    pub running: String,
}

#[derive(Clone, Debug)]
pub struct Bookmark {
    pub title: String,
    /// 1 is the outermost.
    pub level: u8,
    pub page: usize,
    pub y: f32,
}

/// A document in the making.
#[derive(Debug)]
pub struct Layout {
    pub pages: Vec<Page>,
    pub nodes: Vec<Node>,
    pub bookmarks: Vec<Bookmark>,
    pub anchors: BTreeMap<String, (usize, f32)>,
    /// The names of the anchors as they came.
    named: Vec<String>,
    /// Page being filled.
    pub page: usize,
    /// Top of what comes next.
    pub y: f32,
    /// Where pages end: higher than the grid says where something is kept for the foot of a page.
    pub bottom: f32,
    /// Given to pages as they begin.
    pub running: String,
    /// A heading stands right above: what follows keeps its distance from it alone.
    pub fresh: bool,
    /// Elements that are open, outermost first.
    stack: Vec<usize>,
    /// The element whose marked content is open.
    marking: Option<usize>,
    /// No page may begin while this is set: a block is tried in one piece.
    held: bool,
}

/// Where a layout stood, to return to.
struct Saved {
    pages: usize,
    page: usize,
    items: usize,
    links: usize,
    marks: usize,
    y: f32,
    fresh: bool,
    nodes: usize,
    kids: Vec<usize>,
    bookmarks: usize,
    named: usize,
    running: String,
}

impl Layout {
    /// A document with its first, empty page.
    pub fn new() -> Self {
        let root = Node { role: Role::Document, kids: Vec::new(), language: String::new() };
        Self {
            pages: vec![Page::default()],
            nodes: vec![root],
            bookmarks: Vec::new(),
            anchors: BTreeMap::new(),
            named: Vec::new(),
            page: 0,
            y: TOP,
            bottom: BOTTOM,
            running: String::new(),
            fresh: false,
            stack: vec![0],
            marking: None,
            held: false,
        }
    }

    // Structure.

    /// Opens an element within the one that is open.
    pub fn begin(&mut self, role: Role) -> usize {
        self.unmark();
        let id = self.child(self.current(), role);
        self.stack.push(id);
        id
    }

    /// Closes the element opened last.
    pub fn end(&mut self) {
        self.unmark();
        self.stack.pop();
        debug_assert!(!self.stack.is_empty(), "every end has its begin");
    }

    /// An element with what `fill` puts into it.
    pub fn within<R>(&mut self, role: Role, fill: impl FnOnce(&mut Self) -> R) -> R {
        self.begin(role);
        let result = fill(self);
        self.end();
        result
    }

    /// Opens an element again that was closed: for what is filled in later.
    pub fn reopen(&mut self, node: usize) {
        self.unmark();
        self.stack.push(node);
    }

    pub fn child(&mut self, parent: usize, role: Role) -> usize {
        let id = self.nodes.len();
        self.nodes.push(Node { role, kids: Vec::new(), language: String::new() });
        self.nodes[parent].kids.push(Kid::Node(id));
        id
    }

    pub fn current(&self) -> usize {
        *self.stack.last().expect("the document itself is never closed")
    }

    /// Says that what follows belongs to `node`; nothing happens if it already does.
    pub fn mark(&mut self, node: usize) {
        if self.marking == Some(node) {
            return;
        }
        self.unmark();
        let mark = self.pages[self.page].marks;
        self.pages[self.page].marks += 1;
        self.nodes[node].kids.push(Kid::Content { page: self.page, mark });
        let tag = if matches!(self.nodes[node].role, Role::Figure { .. }) { "Figure" } else { "Span" };
        let language = self.nodes[node].language.clone();
        self.push(Item::Open(Content::Tagged { mark, tag, language }));
        self.marking = Some(node);
    }

    pub fn unmark(&mut self) {
        if self.marking.take().is_some() {
            self.push(Item::Close);
        }
    }

    /// Furniture: what `paint` puts down is not read.
    pub fn artifact(&mut self, artifact: Artifact, paint: impl FnOnce(&mut Self)) {
        let resumed = self.marking;
        self.unmark();
        self.push(Item::Open(Content::Artifact(artifact)));
        paint(self);
        self.push(Item::Close);
        if let Some(node) = resumed {
            self.mark(node);
        }
    }

    /// Names the place at `y` of this page.
    pub fn anchor(&mut self, name: impl Into<String>, y: f32) {
        let name = name.into();
        self.named.push(name.clone());
        self.anchors.insert(name, (self.page, y));
    }

    pub fn bookmark(&mut self, title: impl Into<String>, level: u8, y: f32) {
        self.bookmarks.push(Bookmark { title: title.into(), level, page: self.page, y });
    }

    // Pages.

    /// Goes on at the top of the next page.
    pub fn new_page(&mut self) {
        self.unmark();
        self.page += 1;
        if self.page == self.pages.len() {
            self.pages.push(Page { running: self.running.clone(), ..Page::default() });
        }
        self.y = TOP;
        self.fresh = false;
    }

    /// Goes to the next page unless `height` fits on this one. True if it did.
    pub fn need(&mut self, height: f32) -> bool {
        // Half a unit of tolerance: lengths are sums of floats.
        let turn = !self.held && self.y + height > self.bottom + 0.5 && self.y > TOP;
        if turn {
            self.new_page();
        }
        turn
    }

    /// What is left of this page.
    pub fn room(&self) -> f32 {
        if self.held { f32::MAX } else { self.bottom + 0.5 - self.y }
    }

    /// Keeps what `compose` puts down on one page: if it does not fit on this one it goes whole to the next, and is
    /// broken only where it is higher than a page.
    pub fn together(&mut self, compose: impl Fn(&mut Self)) {
        if self.held {
            compose(self);
            return;
        }
        let saved = self.save();
        self.held = true;
        compose(self);
        self.held = false;
        let height = self.y - saved.y;
        if self.y <= self.bottom + 0.5 {
            return;
        }
        let top = saved.y <= TOP;
        self.restore(saved);
        if !top {
            self.new_page();
        }
        self.held = height <= self.bottom - TOP + 0.5;
        compose(self);
        self.held = false;
    }

    /// Keeps what `compose` puts down only if it says so; returns what it says.
    pub fn attempt(&mut self, compose: impl FnOnce(&mut Self) -> bool) -> bool {
        let saved = self.save();
        let keep = compose(self);
        if !keep {
            self.restore(saved);
        }
        keep
    }

    fn save(&mut self) -> Saved {
        self.unmark();
        let page = &self.pages[self.page];
        Saved {
            pages: self.pages.len(),
            page: self.page,
            items: page.items.len(),
            links: page.links.len(),
            marks: page.marks,
            y: self.y,
            fresh: self.fresh,
            nodes: self.nodes.len(),
            kids: self.stack.iter().map(|n| self.nodes[*n].kids.len()).collect(),
            bookmarks: self.bookmarks.len(),
            named: self.named.len(),
            running: self.running.clone(),
        }
    }

    fn restore(&mut self, saved: Saved) {
        self.unmark();
        self.pages.truncate(saved.pages);
        self.page = saved.page;
        let page = &mut self.pages[saved.page];
        page.items.truncate(saved.items);
        page.links.truncate(saved.links);
        page.marks = saved.marks;
        self.y = saved.y;
        self.fresh = saved.fresh;
        self.nodes.truncate(saved.nodes);
        for (node, kids) in self.stack.iter().zip(saved.kids) {
            self.nodes[*node].kids.truncate(kids);
        }
        self.bookmarks.truncate(saved.bookmarks);
        for name in self.named.drain(saved.named..) {
            self.anchors.remove(&name);
        }
        self.running = saved.running;
    }

    /// Leaves `gap` before a block, except under a heading, where `under_heading` is left, and at the top of a page.
    pub fn gap(&mut self, gap: f32, under_heading: f32) {
        if std::mem::take(&mut self.fresh) {
            self.y += under_heading;
        } else if self.y > TOP {
            self.y += gap;
        }
    }

    // Boxes.

    pub fn push(&mut self, item: Item) {
        self.pages[self.page].items.push(item);
    }

    /// A run of text within whatever is open; its width.
    pub fn text(&mut self, x: f32, y: f32, style: Style, text: &str) -> f32 {
        self.paint(x, y, style, text, Paint::Fill)
    }

    /// The same, ending at `x`.
    pub fn text_end(&mut self, x: f32, y: f32, style: Style, text: &str) {
        let width = measure(style, text);
        self.text(x - width, y, style, text);
    }

    pub fn paint(&mut self, x: f32, y: f32, style: Style, text: &str, paint: Paint) -> f32 {
        let text = printable(text);
        if text.is_empty() {
            return 0.0;
        }
        let width = extent(style.face, &text) * style.size;
        let Style { size, face, color, .. } = style;
        self.push(Item::Text { x, y, size, face, color, text: text.into_owned(), paint });
        width
    }

    /// Text of its own element.
    pub fn tagged(&mut self, role: Role, x: f32, y: f32, style: Style, text: &str) -> f32 {
        let node = self.begin(role);
        self.mark(node);
        let width = self.text(x, y, style, text);
        self.end();
        width
    }

    /// A horizontal rule, as furniture.
    pub fn rule(&mut self, x: f32, y: f32, width: f32, weight: f32, color: Rgb) {
        self.artifact(Artifact::Layout, |l| l.line(x, y, x + width, y, Stroke { color, width: weight, dash: None, round: false }));
    }

    /// A filled rectangle, as furniture.
    pub fn wash(&mut self, x: f32, y: f32, width: f32, height: f32, color: Rgb) {
        self.artifact(Artifact::Layout, |l| l.rectangle(x, y, width, height, color));
    }

    pub fn rectangle(&mut self, x: f32, y: f32, width: f32, height: f32, color: Rgb) {
        let segments = vec![
            Segment::Move(x, y),
            Segment::Line(x + width, y),
            Segment::Line(x + width, y + height),
            Segment::Line(x, y + height),
            Segment::Close,
        ];
        self.push(Item::Path { segments, fill: Some(color), stroke: None });
    }

    pub fn line(&mut self, x0: f32, y0: f32, x1: f32, y1: f32, stroke: Stroke) {
        self.push(Item::Path { segments: vec![Segment::Move(x0, y0), Segment::Line(x1, y1)], fill: None, stroke: Some(stroke) });
    }

    /// Makes a rectangle of this page a link of element `node`.
    pub fn link(&mut self, node: usize, rect: [f32; 4], target: Target, words: String) {
        let page = &mut self.pages[self.page];
        page.links.push(Link { rect, target, words, node });
        let link = page.links.len() - 1;
        self.nodes[node].kids.push(Kid::Link { page: self.page, link });
    }
}

impl Default for Layout {
    fn default() -> Self {
        Self::new()
    }
}

/// Width of a text as it will be painted.
pub fn measure(style: Style, text: &str) -> f32 {
    crate::writer::font::width(style.face, style.size, &printable(text))
}
