"""Questions to practise with: drawn by a seed, with hints, wrong answers that name a slip, and the score."""
