//! `sendsim explain`: one number, where it comes from and what it does.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{Explanation, Failure, area, render};
use crate::parameters::{Parameter, ParameterSet, Passport};
use crate::study::fitted;

/// Explains one parameter: value, range, unit, dates, source, basis, where it is used.
#[derive(Debug, clap::Args)]
pub struct ExplainArgs {
    /// The parameter, for example joining.sen-support-ratio. Without it: a list of all
    #[arg(value_name = "PATH")]
    pub path: Option<String>,

    /// Area whose fitted values are shown: a built-in name, or the folder of an area pack
    #[arg(long, value_name = "NAME|DIR", default_value = "derby")]
    pub area: String,

    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

/// Prints the explanation, or the list.
pub fn run(args: &ExplainArgs) -> Result<(), Failure> {
    let parameters = ParameterSet::embedded();
    let text = match (&args.path, args.json) {
        (None, false) => list(parameters),
        (None, true) => format!("{:#}", list_as_json(parameters)),
        (Some(path), as_json) => {
            let table = match Parameter::from_path(path) {
                Some(parameter) => fitted(&area::load(&args.area)?, parameter),
                None => None,
            };
            let explanation = Explanation::of(parameters, path, table.as_ref())?;
            if as_json {
                format!("{:#}", explanation.to_json())
            } else {
                explanation.to_string()
            }
        }
    };
    render::result(&text)
}

/// Every parameter in a line: path, value, unit, basis.
pub fn list(parameters: &ParameterSet) -> String {
    let width = parameters.iter().map(|p| p.path.len()).max().unwrap_or(0);
    let mut text = String::new();
    for passport in parameters.iter() {
        let Passport {
            path, unit, basis, ..
        } = passport;
        let value = value_text(passport);
        let basis = basis.code();
        let _ = writeln!(text, "{path:width$}  {value}, {unit} [{basis}]");
    }
    text
}

fn list_as_json(parameters: &ParameterSet) -> Value {
    let passports: Vec<Value> = parameters.iter().map(|passport| json!(passport)).collect();
    json!(passports)
}

/// The newest value, or that it is fitted.
pub(super) fn value_text(passport: &Passport) -> String {
    match passport.newest() {
        Some(newest) => newest.value.to_string(),
        None => "fitted to the area's figures".to_owned(),
    }
}
