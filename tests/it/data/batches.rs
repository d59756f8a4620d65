use trainyard::data::Batches;

fn epoch_of(batches: &mut Batches) -> Vec<u32> {
    let epoch = batches.epoch();
    let mut rows = Vec::new();
    while batches.epoch() == epoch {
        rows.extend_from_slice(batches.next());
    }
    rows
}

#[test]
fn every_row_once_an_epoch_and_a_short_last_batch() {
    let train: Vec<u32> = (100..123).collect();
    for (size, sizes) in [(10, vec![10, 10, 3]), (23, vec![23]), (99, vec![23]), (1, vec![1; 23])] {
        let mut batches = Batches::new(train.clone(), size, Some(5)).unwrap();
        assert_eq!(batches.per_epoch(), sizes.len());
        for epoch in 0..4 {
            let mut rows = Vec::new();
            for (i, &expected) in sizes.iter().enumerate() {
                assert_eq!((batches.epoch(), batches.batch()), (epoch, i));
                let batch = batches.next();
                assert_eq!(batch.len(), expected);
                rows.extend_from_slice(batch);
            }
            assert_eq!((batches.epoch(), batches.batch()), (epoch + 1, 0));
            rows.sort_unstable();
            assert_eq!(rows, train);
        }
    }
}

#[test]
fn an_epochs_order_needs_no_history() {
    let train: Vec<u32> = (0..50).collect();
    let mut walked = Batches::new(train.clone(), 7, Some(5)).unwrap();
    let mut orders: Vec<Vec<u32>> = (0..5).map(|_| epoch_of(&mut walked)).collect();
    for epoch in (0..5).rev() {
        walked.seek(epoch, 0);
        assert_eq!(epoch_of(&mut walked), orders[epoch as usize]);
        // The batch size doesn't change the order of rows.
        let mut other = Batches::new(train.clone(), 50, Some(5)).unwrap();
        other.seek(epoch, 0);
        assert_eq!(epoch_of(&mut other), orders[epoch as usize]);
    }
    orders.dedup();
    assert_eq!(orders.len(), 5);
    assert_ne!(epoch_of(&mut Batches::new(train, 7, Some(6)).unwrap()), orders[0]);
}

#[test]
fn seeking_equals_walking() {
    let train: Vec<u32> = (0..23).collect();
    let mut walked = Batches::new(train.clone(), 5, Some(9)).unwrap();
    for _ in 0..40 {
        let mut sought = Batches::new(train.clone(), 5, Some(9)).unwrap();
        sought.seek(walked.epoch(), walked.batch());
        let mut copy = walked.clone();
        for _ in 0..12 {
            assert_eq!(sought.next(), copy.next());
        }
        walked.next();
    }
}

#[test]
fn nothing_to_batch_is_refused() {
    assert_eq!(Batches::new(vec![1], 0, Some(1)).unwrap_err().place().as_deref(), Some("training.batchSize"));
    assert_eq!(Batches::new(vec![], 4, Some(1)).unwrap_err().code(), "split");
}

#[test]
fn without_a_seed_rows_keep_the_given_order() {
    let mut batches = Batches::new(vec![4, 2, 9], 2, None).unwrap();
    for _ in 0..2 {
        assert_eq!(batches.next(), [4, 2]);
        assert_eq!(batches.next(), [9]);
    }
    assert_eq!(batches.epoch(), 2);
}
