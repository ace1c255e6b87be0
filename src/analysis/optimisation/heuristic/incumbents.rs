//! The best plans found so far.

/// A plan in whole hires with its objective, which is maximised.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Incumbent {
    /// By variable.
    pub(crate) hires: Vec<u32>,
    pub(crate) objective: f64,
}

/// A few different plans, the best first; of equal ones the one that was found first.
#[derive(Debug)]
pub(crate) struct Incumbents {
    list: Vec<Incumbent>,
    capacity: usize,
}

impl Incumbents {
    pub(crate) const fn new(capacity: usize) -> Self {
        Self { list: Vec::new(), capacity }
    }

    pub(crate) fn list(&self) -> &[Incumbent] {
        &self.list
    }

    pub(crate) fn into_list(self) -> Vec<Incumbent> {
        self.list
    }

    fn position(&self, objective: f64) -> usize {
        self.list.partition_point(|other| other.objective >= objective)
    }

    /// Whether a plan would be added: it is among the best, and not in the list.
    pub(crate) fn would_add(&self, hires: &[u32], objective: f64) -> bool {
        self.position(objective) < self.capacity && !self.list.iter().any(|other| other.hires == hires)
    }

    /// Adds a plan unless it is in the list, or worse than a full list.
    pub(crate) fn add(&mut self, incumbent: Incumbent) {
        if self.would_add(&incumbent.hires, incumbent.objective) {
            self.list.insert(self.position(incumbent.objective), incumbent);
            self.list.truncate(self.capacity);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_few_different_plans_stay() {
        let mut best = Incumbents::new(2);
        for (hires, objective) in [(1, 3.0), (2, 5.0), (2, 5.0), (3, 4.0), (4, 1.0), (5, 5.0)] {
            best.add(Incumbent { hires: vec![hires], objective });
        }
        let hires: Vec<&[u32]> = best.list().iter().map(|incumbent| incumbent.hires.as_slice()).collect();
        assert_eq!(hires, [[2], [5]]);
    }
}
