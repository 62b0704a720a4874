package io.flowyml.catalog.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which wines a model learns from and which it is scored on: the numbers of both, ascending.
 * Stratified, so that both have each cultivar in the same proportion, and decided by the seed
 * alone.
 */
record Split(Set<Integer> train, Set<Integer> test) {
  static final double TEST_SHARE = 0.4;
  static final long SEED = 42;

  Split {
    if (!Collections.disjoint(train, test)) {
      throw new IllegalArgumentException("a wine stands in both splits");
    }
    train = Collections.unmodifiableSet(new TreeSet<>(train));
    test = Collections.unmodifiableSet(new TreeSet<>(test));
  }

  static Split of(List<Wine> wines, double testShare, long seed) {
    var byCultivar = new TreeMap<String, List<Integer>>();
    for (var wine : wines) {
      byCultivar.computeIfAbsent(wine.cultivar(), c -> new ArrayList<>()).add(wine.number());
    }
    var train = new TreeSet<Integer>();
    var test = new TreeSet<Integer>();
    var random = new Random(seed);
    for (var numbers : byCultivar.values()) {
      Collections.shuffle(numbers, random);
      int tested = Math.toIntExact(Math.round(numbers.size() * testShare));
      test.addAll(numbers.subList(0, tested));
      train.addAll(numbers.subList(tested, numbers.size()));
    }
    return new Split(train, test);
  }

  void write(Path file) throws IOException {
    var rows = new ArrayList<List<String>>();
    var all = new TreeSet<>(train);
    all.addAll(test);
    all.forEach(n -> rows.add(List.of(Integer.toString(n), train.contains(n) ? "train" : "test")));
    new Csv(List.of("wine", "split"), rows).write(file);
  }

  static Split read(Path file) throws IOException {
    var train = new TreeSet<Integer>();
    var test = new TreeSet<Integer>();
    for (var row : Csv.read(file).rows()) {
      (row.get(1).equals("train") ? train : test).add(Integer.valueOf(row.get(0)));
    }
    return new Split(train, test);
  }
}
