package io.flowyml.catalog.server;

import io.flowyml.catalog.CatalogException;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A server's TLS, which follows its files: connections made after a change see the new
 * certificates, those that are open stay. Where the new files are wrong the old pair stays in use.
 *
 * <p>The content is compared and not the time, which tools set back, and links are followed anew,
 * since that is how Kubernetes replaces what it mounts.
 */
final class TlsFiles implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(TlsFiles.class.getName());

  private final ServerTls tls;
  private final NewestIdentity identity;
  private final SSLContext context;
  private final ScheduledThreadPoolExecutor clock =
      new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("tls-files").factory());
  private final Future<?> looking;

  private Identity.Texts inUse;

  /** What is wrong with the files; told when it is the same twice, since they change one by one. */
  private @Nullable String wrong;

  private boolean told;

  /** Fails with {@code invalid_argument} where the files cannot be used. */
  TlsFiles(ServerTls tls) {
    this.tls = tls;
    this.inUse = Identity.Texts.of(tls);
    this.identity = new NewestIdentity(Identity.of(tls, inUse));
    try {
      this.context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {identity}, null, null);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    warnOfItsEnd();
    long millis = tls.look().toMillis();
    this.looking = clock.scheduleWithFixedDelay(this::look, millis, millis, TimeUnit.MILLISECONDS);
  }

  SSLContext context() {
    return context;
  }

  private void look() {
    try {
      var found = Identity.Texts.of(tls);
      if (!found.equals(inUse)) {
        identity.replace(Identity.of(tls, found));
        inUse = found;
        LOG.log(
            System.Logger.Level.INFO,
            "TLS: the new certificate of {0} is in use, valid until {1}",
            tls.certificate(),
            end());
        warnOfItsEnd();
      }
      wrong = null;
      told = false;
    } catch (CatalogException e) {
      keep(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      keep("this is a defect of the server: " + e); // and it must not end the looking
    }
  }

  private void keep(String why) {
    boolean again = why.equals(wrong);
    if (again && !told) {
      LOG.log(
          System.Logger.Level.ERROR,
          "{0}; the old certificate stays in use, valid until {1}",
          why,
          end());
    }
    told = again;
    wrong = why;
  }

  private void warnOfItsEnd() {
    if (end().isBefore(Instant.now())) {
      LOG.log(
          System.Logger.Level.WARNING,
          "TLS: the certificate of {0} ended at {1}; clients will refuse it",
          tls.certificate(),
          end());
    }
  }

  private Instant end() {
    return identity.current().certificate().getNotAfter().toInstant();
  }

  @Override
  public void close() {
    looking.cancel(false);
    clock.shutdown();
  }
}
