//! Which authorities to import.

use crate::data::facts::{Authority, Published};
use crate::domain::AuthorityCode;
use crate::finding::{Finding, Severity};
use crate::nearest::nearest;

/// Authorities as the user named them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selection {
    /// Every authority that exists at the base date.
    All,
    /// One authority, by GSS code, DfE code or name.
    One(String),
}

impl Selection {
    /// Reads what stands after `--la`.
    pub fn parse(text: &str) -> Self {
        if text.eq_ignore_ascii_case("all") {
            Self::All
        } else {
            Self::One(text.trim().to_owned())
        }
    }

    /// Codes of the selected authorities, which exist at the base date.
    pub fn resolve(
        &self,
        published: &Published,
        base_year: i32,
    ) -> Result<Vec<AuthorityCode>, Finding> {
        let name = match self {
            Self::All => {
                return Ok(published
                    .authorities_in(base_year)
                    .map(|a| a.code)
                    .collect());
            }
            Self::One(name) => name,
        };
        // Two authorities have been called Dorset: the one that exists at the base date is meant.
        if let Some(found) = published
            .authorities_in(base_year)
            .find(|a| is_named(a, name))
        {
            return Ok(vec![found.code]);
        }
        Err(
            match published.authorities.values().find(|a| is_named(a, name)) {
                Some(other) => did_not_exist(other, base_year),
                None => unknown(published, name),
            },
        )
    }
}

fn is_named(authority: &Authority, name: &str) -> bool {
    authority.name.eq_ignore_ascii_case(name)
        || authority
            .gss_codes
            .iter()
            .any(|gss| gss.eq_ignore_ascii_case(name))
        || authority.code.to_string() == name
}

fn did_not_exist(authority: &Authority, base_year: i32) -> Finding {
    let (first, last) = (authority.first_january, authority.last_january);
    finding(
        format!("`{}` did not exist in January {base_year}", authority.name),
        Some(format!(
            "its plans were published from January {first} to {last}"
        )),
    )
}

fn unknown(published: &Published, name: &str) -> Finding {
    let candidates = published.authorities.values().flat_map(|authority| {
        let codes = authority.gss_codes.iter().map(String::as_str);
        codes.chain(std::iter::once(authority.name.as_str()))
    });
    let hint = nearest(name, candidates).map_or_else(
        || {
            "give a GSS code (`E06000015`), a DfE code (`831`), a name (`Derby`) or `all`"
                .to_owned()
        },
        |close| format!("did you mean `{close}`?"),
    );
    finding(format!("unknown authority `{name}`"), Some(hint))
}

fn finding(message: String, hint: Option<String>) -> Finding {
    Finding {
        check: "unknown-authority",
        severity: Severity::Error,
        location: None,
        message,
        hint,
    }
}
