package io.flowyml.catalog.server;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Shows the newest identity to whoever connects. A handshake asks for an alias first, then for its
 * key and its certificates; the alias carries a number, so that all three are of one identity also
 * where it is replaced in between.
 */
final class NewestIdentity extends X509ExtendedKeyManager {
  private record Numbered(long number, Identity identity, @Nullable Numbered before) {}

  private volatile Numbered newest;

  NewestIdentity(Identity first) {
    this.newest = new Numbered(0, first, null);
  }

  void replace(Identity identity) {
    var current = newest;
    // handshakes take seconds and replacements are weeks apart: one before is enough
    newest =
        new Numbered(
            current.number() + 1,
            identity,
            new Numbered(current.number(), current.identity(), null));
  }

  Identity current() {
    return newest.identity();
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
    var current = newest;
    return aliased(
        current, current.identity().manager().chooseEngineServerAlias(keyType, issuers, engine));
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, Socket socket) {
    var current = newest;
    return aliased(
        current, current.identity().manager().chooseServerAlias(keyType, issuers, socket));
  }

  private static @Nullable String aliased(Numbered numbered, @Nullable String alias) {
    return alias == null ? null : numbered.number() + "/" + alias;
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    var manager = manager(alias);
    return manager == null ? null : manager.getCertificateChain(own(alias));
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    var manager = manager(alias);
    return manager == null ? null : manager.getPrivateKey(own(alias));
  }

  private @Nullable X509ExtendedKeyManager manager(String alias) {
    var number = alias.substring(0, alias.indexOf('/'));
    for (var one = newest; one != null; one = one.before()) {
      if (number.equals(Long.toString(one.number()))) {
        return one.identity().manager();
      }
    }
    return null;
  }

  private static String own(String alias) {
    return alias.substring(alias.indexOf('/') + 1);
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return null; // only those ask who do not choose by a handshake
  }

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return null; // a server
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyTypes, Principal @Nullable [] issuers, Socket socket) {
    return null; // a server
  }
}
