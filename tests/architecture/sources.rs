//! Reads sources for the rules on them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use parallel_for_tests::workspace;
use proc_macro2::TokenTree;
use syn::visit::{self, Visit};

/// What these rules need to know of a file.
pub(crate) struct Source {
    /// From the workspace's folder.
    pub(crate) path: String,
    /// The path of its module in its crate; empty for `lib.rs`.
    pub(crate) module: Vec<String>,
    /// All paths outside its tests, from `crate` or from a library's name.
    pub(crate) paths: Vec<Vec<String>>,
    /// Every identifier, keyword and `macro!`.
    pub(crate) words: BTreeSet<String>,
}

/// All files below a folder of the workspace.
pub(crate) fn sources(folder: &str) -> Vec<Source> {
    let mut sources = Vec::new();
    collect(folder, &mut sources);
    assert!(!sources.is_empty(), "no sources in {folder}");
    sources
}

fn collect(folder: &str, sources: &mut Vec<Source>) {
    for entry in workspace().join(folder).read_dir().expect("a folder") {
        let entry = entry.expect("an entry");
        let path = format!("{folder}/{}", entry.file_name().to_string_lossy());
        // The programs that must not compile break rules on purpose.
        if entry.path().is_dir() && !path.ends_with("ui/fail") {
            collect(&path, sources);
        } else if Path::new(&path)
            .extension()
            .is_some_and(|ending| ending == "rs")
        {
            sources.push(read(path));
        }
    }
}

fn read(path: String) -> Source {
    let text = fs::read_to_string(workspace().join(&path)).expect("a source file");
    let file = syn::parse_file(&text).unwrap_or_else(|error| panic!("{path}: {error}"));
    let mut module: Vec<String> = path
        .trim_end_matches(".rs")
        .split('/')
        .skip_while(|part| *part != "src")
        .skip(1)
        .map(str::to_owned)
        .collect();
    if module
        .last()
        .is_some_and(|last| last == "mod" || last == "lib")
    {
        module.pop();
    }
    let mut paths = Paths::default();
    if module.last().is_none_or(|last| last != "tests") {
        paths.visit_file(&file);
    }
    let paths = paths.0.into_iter().map(|path| absolute(path, &module));
    let mut words = BTreeSet::new();
    collect_words(text.parse().expect("it parsed above"), &mut words);
    Source {
        paths: paths.collect(),
        words,
        path,
        module,
    }
}

/// `super::x` in `a::b` is `crate::a::x`.
fn absolute(path: Vec<String>, module: &[String]) -> Vec<String> {
    let supers = path.iter().take_while(|part| *part == "super").count();
    let selves = usize::from(path.first().is_some_and(|part| part == "self"));
    if supers + selves == 0 {
        return path;
    }
    let parent = &module[..module.len().saturating_sub(supers)];
    let start = ["crate".to_owned()]
        .into_iter()
        .chain(parent.iter().cloned());
    start
        .chain(path.into_iter().skip(supers + selves))
        .collect()
}

/// The paths of a file's code and imports, those of its unit tests left out.
#[derive(Default)]
struct Paths(Vec<Vec<String>>);

impl Paths {
    fn import(&mut self, tree: &syn::UseTree, start: &[String]) {
        let with = |name: &dyn ToString| [start, &[name.to_string()]].concat();
        match tree {
            syn::UseTree::Path(path) => self.import(&path.tree, &with(&path.ident)),
            syn::UseTree::Name(name) => self.0.push(with(&name.ident)),
            syn::UseTree::Rename(rename) => self.0.push(with(&rename.ident)),
            syn::UseTree::Glob(_) => self.0.push(start.to_vec()),
            syn::UseTree::Group(group) => {
                for tree in &group.items {
                    self.import(tree, start);
                }
            }
        }
    }
}

impl<'ast> Visit<'ast> for Paths {
    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        if module.ident != "tests" {
            visit::visit_item_mod(self, module);
        }
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.import(&item.tree, &[]);
    }

    // `pub(super)` names nothing of the parent.
    fn visit_visibility(&mut self, _: &'ast syn::Visibility) {}

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let parts = path.segments.iter();
        self.0
            .push(parts.map(|part| part.ident.to_string()).collect());
        visit::visit_path(self, path);
    }
}

fn collect_words(tokens: proc_macro2::TokenStream, words: &mut BTreeSet<String>) {
    let mut last = None;
    for token in tokens {
        match &token {
            TokenTree::Group(group) => collect_words(group.stream(), words),
            TokenTree::Ident(ident) => {
                words.insert(ident.to_string());
            }
            TokenTree::Punct(punct) if punct.as_char() == '!' => {
                if let Some(TokenTree::Ident(name)) = &last {
                    words.insert(format!("{name}!"));
                }
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
        last = Some(token);
    }
}

/// The modules that name each other, by others if need be: each circle from one of its modules back to it.
pub(crate) fn circles(sources: &[Source]) -> Vec<Vec<String>> {
    let modules: BTreeSet<&[String]> = sources.iter().map(|source| &source.module[..]).collect();
    let uses: BTreeMap<&[String], Vec<&[String]>> = sources
        .iter()
        .map(|source| (&source.module[..], used(source, &modules)))
        .collect();
    let mut circles: Vec<Vec<&[String]>> = Vec::new();
    for &start in &modules {
        let is_known = circles.iter().any(|circle| circle.contains(&start));
        if !is_known {
            circles.extend(way_back(start, &uses));
        }
    }
    let name = |module: &&[String]| format!("crate::{}", module.join("::"));
    let names = |circle: Vec<&[String]>| circle.iter().map(name).collect();
    circles.into_iter().map(names).collect()
}

/// The modules that a file names, other than itself.
fn used<'a>(source: &Source, modules: &BTreeSet<&'a [String]>) -> Vec<&'a [String]> {
    let mut used = Vec::new();
    for path in &source.paths {
        // A path of a parent may begin with the name of its child.
        let path = match path.split_first() {
            Some((first, path)) if first == "crate" => path.to_vec(),
            _ => [&source.module[..], path].concat(),
        };
        let named = (0..=path.len())
            .rev()
            .find_map(|length| modules.get(&path[..length]));
        used.extend(named.filter(|named| ***named != source.module));
    }
    used
}

/// The shortest way from a module to itself.
fn way_back<'a>(
    start: &'a [String],
    uses: &BTreeMap<&'a [String], Vec<&'a [String]>>,
) -> Option<Vec<&'a [String]>> {
    let mut seen = BTreeSet::new();
    let mut ways = std::collections::VecDeque::from([vec![start]]);
    while let Some(way) = ways.pop_front() {
        for &next in &uses[way[way.len() - 1]] {
            let further = [&way[..], &[next]].concat();
            if next == start {
                return Some(further);
            }
            if seen.insert(next) {
                ways.push_back(further);
            }
        }
    }
    None
}
