//! `Workbook`: a spreadsheet's file, as JavaScript holds it. A package of its own, without the rest of the core.

use crate::data::workbook;
use js_sys::{Object, Reflect};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

/// A workbook of Excel (xlsx, xlsm, xlsb, xls) or OpenDocument (ods).
#[wasm_bindgen]
pub struct Workbook {
    workbook: workbook::Workbook,
}

#[wasm_bindgen]
impl Workbook {
    /// Opens one. Throws the rest of a sentence on the file, as a text.
    #[wasm_bindgen(constructor)]
    pub fn new(bytes: Vec<u8>) -> Result<Workbook, String> {
        workbook::Workbook::open(bytes).map(|workbook| Workbook { workbook })
    }

    /// The names of its sheets.
    pub fn names(&self) -> Vec<String> {
        self.workbook.names()
    }

    /// A sheet: `csv`, how many `rows` have anything in them, and cells with `errors`. Throws as the constructor does.
    #[wasm_bindgen(unchecked_return_type = "{ csv: string; rows: number; errors: number }")]
    pub fn sheet(&mut self, name: &str) -> Result<JsValue, String> {
        let workbook::Sheet { csv, rows, errors } = self.workbook.sheet(name)?;
        let object: JsValue = Object::new().into();
        let properties: [(&str, JsValue); 3] =
            [("csv", csv.into()), ("rows", (rows as f64).into()), ("errors", (errors as f64).into())];
        for (key, value) in &properties {
            // Setting a property of an object made here can't fail.
            let _ = Reflect::set(&object, &(*key).into(), value);
        }
        Ok(object)
    }
}
