//! Nested loops that are to be one: they are, before the plan is made.

use crate::diagnostics::{Errors, nest as messages};
use crate::model::{Loop, Place, Plan};
use crate::options::Args;
use crate::syntax::marks::Mark;
use crate::syntax::{nest, tags};
use proc_macro2::TokenTree;
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, ExprForLoop, Item, ItemFn};

/// The function with the loops of `rehearse` collapsed that have the option; `None` where no loop has it.
pub(crate) fn collapsed(
    function: &ItemFn,
    defaults: &Args,
    rehearse: impl FnOnce(&mut Errors) -> Plan,
    errors: &mut Errors,
) -> Option<ItemFn> {
    let mut function = function.clone();
    if defaults.collapse.is_none() && !is_asked_for(&mut function) {
        return None;
    }
    // What is wrong with these loops is said of those that they become.
    let mut unsaid = Errors::new();
    let plan = rehearse(&mut unsaid);
    drop(unsaid.check());
    let mut collapse = Collapse {
        plan: &plan,
        errors,
    };
    collapse.visit_block_mut(&mut function.block);
    Some(function)
}

/// Whether a mark of a loop has the option.
fn is_asked_for(function: &mut ItemFn) -> bool {
    struct Asked(bool);

    impl VisitMut for Asked {
        fn visit_attribute_mut(&mut self, attribute: &mut Attribute) {
            let options = Mark::of(attribute).map(|mark| mark.options.into_iter());
            self.0 |= options.is_some_and(|mut options| {
                options.any(|token| matches!(token, TokenTree::Ident(name) if name == "collapse"))
            });
        }

        fn visit_item_mut(&mut self, _: &mut Item) {}
    }

    let mut asked = Asked(false);
    asked.visit_block_mut(&mut function.block);
    asked.0
}

struct Collapse<'plan> {
    plan: &'plan Plan,
    errors: &'plan mut Errors,
}

impl VisitMut for Collapse<'_> {
    fn visit_expr_for_loop_mut(&mut self, node: &mut ExprForLoop) {
        visit_mut::visit_expr_for_loop_mut(self, node);
        let id = tags::id(node);
        let is_meant = |each: &&Loop| Some(each.id) == id && each.options.collapse;
        let Some(each) = self.plan.loops.iter().find(is_meant) else {
            return;
        };
        match nest::collapsed(node, &changed(each)) {
            Ok(collapsed) => *node = collapsed,
            Err(mistake) => self.errors.push(messages::uneven(&mistake)),
        }
    }

    fn visit_item_mut(&mut self, _: &mut Item) {}
}

/// What the body of a loop changes.
fn changed(each: &Loop) -> Vec<Place> {
    let outputs = each.outputs.iter().map(|output| &output.place);
    let writes = each.writes.iter().map(|write| &write.place);
    let misused = each.misuses.iter().map(|misuse| &misuse.output);
    let places = outputs.chain(writes).chain(misused).cloned();
    let scratch = each.scratch.iter().map(|scratch| Place {
        root: scratch.name.clone(),
        fields: Vec::new(),
    });
    places.chain(scratch).collect()
}
