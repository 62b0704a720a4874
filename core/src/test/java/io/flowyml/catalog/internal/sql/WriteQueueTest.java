package io.flowyml.catalog.internal.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class WriteQueueTest {
  private final SqliteDatabase database = SqliteDatabase.inMemory();
  private final AtomicInteger transactions = new AtomicInteger();
  private final WriteQueue queue =
      new WriteQueue(
          database,
          session -> {
            transactions.incrementAndGet();
            return new Transaction(session);
          });

  @AfterEach
  void close() {
    database.close();
  }

  private static long written(Session session) {
    var count = session.number("SELECT count(*) FROM written");
    return count == null ? 0 : count;
  }

  private static int write(Transaction transaction) {
    return transaction.session().update("INSERT INTO written VALUES (1)");
  }

  private void makeTable() {
    database.write(session -> session.update("CREATE TABLE written (x)"));
  }

  /** A call on a thread of its own. */
  private final class Call<T> extends FutureTask<T> {
    final Thread thread = Thread.ofPlatform().daemon().unstarted(this);

    Call(Function<Transaction, T> work) {
      super(() -> queue.submit(work));
    }

    /** Comes back once the thread waits. */
    Call<T> startedAndWaiting() {
      thread.start();
      while (thread.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
      return this;
    }
  }

  /** Holds a transaction open while calls queue behind it, then lets all go. */
  private <T> List<Call<T>> inOneGroup(List<Function<Transaction, T>> works) throws Exception {
    var held = new CountDownLatch(1);
    var holder = new Call<>(t -> waitFor(held)).startedAndWaiting();
    var calls = new ArrayList<Call<T>>();
    works.forEach(work -> calls.add(new Call<>(work).startedAndWaiting()));
    held.countDown();
    holder.get();
    return calls;
  }

  private static boolean waitFor(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whatQueuesDuringATransaction_isWrittenInTheNextOne() throws Exception {
    makeTable();
    // The holder takes what comes while it works, so its group is closed by making it full.
    var held = new CountDownLatch(1);
    var holder =
        new Call<>(
                t -> {
                  t.fill();
                  return waitFor(held);
                })
            .startedAndWaiting();
    var calls = new ArrayList<Call<Integer>>();
    for (int i = 0; i < 5; i++) {
      calls.add(new Call<>(WriteQueueTest::write).startedAndWaiting());
    }
    held.countDown();
    holder.get();
    for (var call : calls) {
      assertThat(call.get()).isEqualTo(1);
    }
    assertThat(transactions).hasValue(2);
  }

  @Test
  void defectInOneCall_isItsCallersAlone() throws Exception {
    makeTable();
    var calls =
        inOneGroup(
            List.<Function<Transaction, Integer>>of(
                WriteQueueTest::write,
                t -> {
                  write(t);
                  throw new AssertionError("a defect");
                },
                WriteQueueTest::write));
    assertThat(calls.get(0).get()).isEqualTo(1);
    assertThat(calls.get(2).get()).isEqualTo(1);
    assertThatThrownBy(calls.get(1)::get)
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("a defect");
    assertThat(database.read(WriteQueueTest::written)).isEqualTo(2);
  }

  @Test
  void interrupt_isKeptForTheCaller() throws Exception {
    makeTable();
    var held = new CountDownLatch(1);
    var holder = new Call<>(t -> waitFor(held)).startedAndWaiting();
    var interrupted =
        new FutureTask<>(
            () -> {
              queue.submit(WriteQueueTest::write);
              return Thread.interrupted();
            });
    var thread = Thread.ofPlatform().daemon().start(interrupted);
    thread.interrupt();
    held.countDown();
    holder.get();
    assertThat(interrupted.get()).isTrue();
    assertThat(database.read(WriteQueueTest::written)).isEqualTo(1);
  }

  @Test
  void close_letsWhatWasSubmittedEndAndRefusesTheRest() throws Exception {
    makeTable();
    var held = new CountDownLatch(1);
    var holder = new Call<>(t -> waitFor(held)).startedAndWaiting();
    var waiting = new Call<>(WriteQueueTest::write).startedAndWaiting();
    var closing = new FutureTask<>(queue::close, true);
    var closer = Thread.ofPlatform().daemon().start(closing);
    while (closer.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    held.countDown();
    closing.get();
    assertThat(holder.get()).isTrue();
    assertThat(waiting.get()).isEqualTo(1);
    assertThatThrownBy(() -> queue.submit(t -> 1))
        .isInstanceOfSatisfying(
            CatalogException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORAGE));
  }
}
