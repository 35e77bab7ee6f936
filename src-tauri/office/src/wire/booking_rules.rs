//! Rules of a mapping: when, set.

use super::wire;

wire! {
    /// The rules of one level, and what they may be made of.
    pub struct MappingRulesView {
        pub connection_id: String,
        pub department_id: Option<String>,
        /// In the order they are asked.
        pub rules: Vec<MappingRule>,
        /// In a department: the school's, asked after its own.
        pub inherited: Vec<MappingRule>,
        pub conditions: Vec<RuleField>,
        pub settings: Vec<RuleField>,
    }

    pub struct MappingRule {
        /// Nothing: a new one.
        pub id: Option<String>,
        pub name: String,
        pub on: bool,
        /// All of them must hold; none: it always holds.
        pub when: Vec<RuleCondition>,
        pub set: Vec<RuleSetting>,
    }

    pub struct RuleCondition {
        /// `service`, `service_kind`, `department`, `tax_code`, `customer`, `currency`, `amount`,
        /// `date`, `payment_method`, `document` or `text`.
        pub of: String,
        /// One of these; the words of `text`. Empty where it is a range.
        pub values: Vec<String>,
        /// Of a range, both ends included: a decimal or `YYYY-MM-DD`.
        pub from: Option<String>,
        pub to: Option<String>,
    }

    pub struct RuleSetting {
        /// `account`, `tax_code`, `tracking`, `payment_account` or `line_text`.
        pub of: String,
        /// Their code, or the text.
        pub value: String,
    }

    /// Something a rule may ask about or set.
    pub struct RuleField {
        pub of: String,
        /// `choice`, `text`, `amount` or `date`.
        pub form: String,
        pub choices: Vec<RuleChoice>,
    }

    pub struct RuleChoice {
        pub value: String,
        /// Its name; empty for a word that the screens know.
        pub label: String,
        /// Its code as people know it, or empty.
        pub code: String,
    }

    pub struct SaveMappingRules {
        pub connection_id: String,
        pub department_id: Option<String>,
        /// All of the level, in their order.
        pub rules: Vec<MappingRule>,
    }

    pub struct MappingRulesSaved {
        /// Records that are tried again.
        pub released: u32,
        pub view: MappingRulesView,
    }
}
