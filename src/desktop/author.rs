//! The name of the person at the window, as the system knows it: notes and acceptances are signed with it.

/// The name of the account; empty if the system does not say.
pub(super) fn author() -> String {
    let name = |variable: &str| std::env::var(variable).ok().filter(|name| !name.trim().is_empty());
    name("USER").or_else(|| name("USERNAME")).unwrap_or_default()
}
