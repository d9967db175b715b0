//! scratch
use std::time::Instant;
use threadwarden::score::flamebait::evaluate::*;
use threadwarden::score::flamebait::train::*;
use threadwarden::score::flamebait::{FlamebaitScorer, Model};
fn main() {
    let dir = "/work/shared/data/flamebait";
    for (train, dev) in [
        ("edos.train", "edos.dev"),
        ("davidson.train", "davidson.dev"),
        ("hatexplain.train", "hatexplain.dev"),
        ("cc_spans.train", "cc_spans.dev"),
        ("isarcasm.train", "isarcasm.train"),
        ("insults.dev", "insults.dev"),
        ("ucc.dev", "ucc.dev"),
        ("olid.dev", "olid.dev"),
    ] {
        let read = |n: &str| {
            read_labelled(n, std::fs::File::open(format!("{dir}/{n}.csv")).unwrap()).unwrap()
        };
        let all = read(train);
        let same = train == dev;
        let (pool, test): (Vec<_>, Vec<_>) = if same {
            let h = all.len() / 2;
            (all[..h].to_vec(), all[h..].to_vec())
        } else {
            (all, read(dev))
        };
        let test: Vec<_> = test.into_iter().step_by(1).take(2000).collect();
        let auc = |m: &Model| {
            let s = FlamebaitScorer::with_model(m.clone());
            let d: Vec<Decided> = test
                .iter()
                .map(|r| Decided { score: s.assess(&r.text).score, flamebait: r.target >= 0.5 })
                .collect();
            let e = Evaluation::of(&d);
            (e.auc().unwrap(), e.calibration_error().unwrap())
        };
        let base = auc(Model::fast());
        println!("{train} base {:.4} cal {:.3} test {}", base.0, base.1, test.len());
        for n in [30, 50, 100, 300, 1000] {
            let mut ds = vec![];
            let mut cals = vec![];
            let mut cvgap = vec![];
            let mut pens = std::collections::BTreeMap::new();
            let t = Instant::now();
            let draws = if n >= 1000 { 4 } else { 10 };
            for seed in 0..draws {
                let mut x = 12345u64 + seed * 7919;
                let mut rows = vec![];
                let mut seen = std::collections::BTreeSet::new();
                while rows.len() < n {
                    x = x.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                    let i = (x >> 33) as usize % pool.len();
                    if seen.insert(i) {
                        rows.push(pool[i].clone());
                    }
                    if seen.len() == pool.len() {
                        break;
                    }
                }
                let a = adapt(Model::fast(), "x", &rows);
                let r = auc(&a.model);
                ds.push(r.0 - base.0);
                cals.push(r.1);
                *pens.entry(a.penalty.map_or(0, |p| p as u32)).or_insert(0) += 1;
                if let Some(v) = Evaluation::of(&a.after).auc() {
                    cvgap.push(v - r.0);
                }
            }
            let mean = |v: &Vec<f64>| v.iter().sum::<f64>() / v.len() as f64;
            println!(
                "  n={n} dAUC mean {:+.4} min {:+.4} max {:+.4} cal {:.3} max {:.3} cv-true {:+.3} pens {:?} {:.2}s each",
                mean(&ds),
                ds.iter().cloned().fold(9., f64::min),
                ds.iter().cloned().fold(-9., f64::max),
                mean(&cals),
                cals.iter().cloned().fold(0., f64::max),
                mean(&cvgap),
                pens,
                t.elapsed().as_secs_f64() / draws as f64
            );
        }
    }
}
