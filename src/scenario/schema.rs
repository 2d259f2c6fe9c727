//! The JSON Schema of scenario files.

use schemars::generate::SchemaSettings;
use schemars::{Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

use super::file::{ChangeFile, Header};
use super::lever::KINDS;

/// The schema of a scenario file, with a definition for every kind of lever.
pub fn schema() -> Schema {
    let mut generator = SchemaSettings::draft07().into_generator();
    let changes = list_of(&generator.subschema_for::<ChangeFile>());
    let levers = levers(&mut generator);
    let mut schema = generator.into_root_schema_for::<Header>();
    schema.insert("title".to_owned(), json!("sendsim scenario"));
    if let Some(fields) = schema.get_mut("properties").and_then(Value::as_object_mut) {
        fields.insert("change".to_owned(), changes);
        fields.insert("lever".to_owned(), levers);
    }
    schema
}

fn levers(generator: &mut SchemaGenerator) -> Value {
    let mut kinds = Map::new();
    for kind in &KINDS {
        kinds.insert(kind.name.to_owned(), list_of(&(kind.schema)(generator)));
    }
    json!({
        "description": "What is done, one list of tables for each kind of lever.",
        "type": "object",
        "properties": kinds,
        "additionalProperties": false
    })
}

fn list_of(item: &Schema) -> Value {
    json!({ "type": "array", "items": item })
}
