//! Texts kept once each.

/// A growing list of distinct texts; the first is empty.
#[derive(Debug, Clone)]
pub struct Pool {
    text: String,
    ends: Vec<u32>,
    /// An open-addressing index: the place of a text plus one, 0 where nothing is. Its length is a power of two.
    slots: Vec<u32>,
}

impl Default for Pool {
    fn default() -> Pool {
        let mut pool = Pool { text: String::new(), ends: Vec::new(), slots: vec![0; 16] };
        pool.intern("");
        pool
    }
}

impl Pool {
    /// The place of `text`, which is added if it is new. A text beyond the four gigabytes that a pool holds counts
    /// as empty; a table's own limit comes long before.
    pub fn intern(&mut self, text: &str) -> u32 {
        let mut slot = self.slot(hash(text));
        while let Some(id) = self.slots[slot].checked_sub(1) {
            if self.get(id) == text {
                return id;
            }
            slot = (slot + 1) & (self.slots.len() - 1);
        }
        let Ok(end) = u32::try_from(self.text.len() + text.len()) else { return 0 };
        let id = self.ends.len() as u32;
        self.text.push_str(text);
        self.ends.push(end);
        self.slots[slot] = id + 1;
        if 2 * self.ends.len() > self.slots.len() {
            self.widen();
        }
        id
    }

    fn slot(&self, hash: u64) -> usize {
        (hash >> 20) as usize & (self.slots.len() - 1)
    }

    fn widen(&mut self) {
        self.slots = vec![0; 4 * self.slots.len()];
        for id in 0..self.ends.len() as u32 {
            let mut slot = self.slot(hash(self.get(id)));
            while self.slots[slot] != 0 {
                slot = (slot + 1) & (self.slots.len() - 1);
            }
            self.slots[slot] = id + 1;
        }
    }

    /// The text at a place; empty beyond the end.
    pub fn get(&self, id: u32) -> &str {
        let id = id as usize;
        let start =
            id.checked_sub(1).map_or(0, |before| self.ends.get(before).copied().unwrap_or(0) as usize);
        let end = self.ends.get(id).copied().unwrap_or(0) as usize;
        self.text.get(start..end).unwrap_or("")
    }

    /// All texts in the order of their places.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        (0..self.ends.len() as u32).map(|id| self.get(id))
    }

    /// How many texts there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Never: the empty text is always there.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Bytes of text.
    pub fn bytes(&self) -> usize {
        self.text.len()
    }
}

/// FNV-1a, 64 bits, with its bits mixed once more, since the low ones pick the slot.
fn hash(text: &str) -> u64 {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    (hash ^ hash >> 29).wrapping_mul(0xbf58_476d_1ce4_e5b9)
}
