package io.flowyml.catalog.server;

import io.flowyml.catalog.CatalogException;
import io.flowyml.catalog.ErrorCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Who a server is: a private key, and the certificates that say so, its own first.
 *
 * @param manager picks from these alone, by the rules of the JDK
 */
record Identity(X509Certificate certificate, X509ExtendedKeyManager manager) {
  private static final char[] NO_PASSWORD = {};

  /** What two files hold. */
  record Texts(String certificates, String key) {
    static Texts of(ServerTls tls) {
      return new Texts(text(tls.certificate()), text(tls.key()));
    }

    private static String text(Path file) {
      try {
        return Files.readString(file);
      } catch (NoSuchFileException e) {
        throw refused(file, "it is not there", e);
      } catch (IOException e) {
        throw refused(file, "it cannot be read: " + e.getMessage(), e);
      }
    }

    /** It holds a private key. */
    @Override
    public String toString() {
      return "certificates and key";
    }
  }

  /** Fails with {@code invalid_argument} where the files do not make a pair. */
  static Identity of(ServerTls tls, Texts texts) {
    var chain = certificates(tls.certificate(), texts.certificates());
    var own = chain.getFirst();
    var key = key(tls.key(), texts.key(), own.getPublicKey());
    if (!isPair(key, own.getPublicKey())) {
      throw refused(
          tls.key(),
          "it is not the key of the first certificate in %s; that one must be the server's own"
              .formatted(tls.certificate()),
          null);
    }
    return new Identity(own, manager(key, chain));
  }

  private static List<X509Certificate> certificates(Path file, String text) {
    try {
      var factory = CertificateFactory.getInstance("X.509");
      var chain = new ArrayList<X509Certificate>();
      for (var block : Pem.blocks(text)) {
        if (block.type().equals("CERTIFICATE")) {
          chain.add(
              (X509Certificate)
                  factory.generateCertificate(new ByteArrayInputStream(block.bytes())));
        }
      }
      if (chain.isEmpty()) {
        throw refused(file, "there is no block BEGIN CERTIFICATE in it; give a PEM file", null);
      }
      return chain;
    } catch (CertificateException | IllegalArgumentException e) {
      throw refused(file, "a certificate in it is damaged: " + e.getMessage(), e);
    }
  }

  private static PrivateKey key(Path file, String text, PublicKey other) {
    try {
      for (var block : Pem.blocks(text)) {
        switch (block.type()) {
          case "PRIVATE KEY" -> {
            return privateKey(block.bytes(), other);
          }
          case "RSA PRIVATE KEY", "EC PRIVATE KEY" -> {
            return privateKey(wrapped(block.bytes(), other), other);
          }
          default -> {
            if (block.type().startsWith("ENCRYPTED")) {
              throw refused(
                  file,
                  "the key in it is encrypted; decrypt it (openssl pkey -in FILE -out PLAIN) and"
                      + " protect the file by its mode",
                  null);
            }
          }
        }
      }
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw refused(
          file, "the key in it is damaged, or of another kind than the certificate's", null);
    }
    throw refused(file, "there is no block BEGIN PRIVATE KEY in it; give a PEM file", null);
  }

  private static PrivateKey privateKey(byte[] pkcs8, PublicKey other)
      throws GeneralSecurityException {
    return KeyFactory.getInstance(other.getAlgorithm())
        .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
  }

  /**
   * A key of the old formats as PKCS#8, which says beside it what kind it is, as the certificate's
   * public key does: {@code SEQUENCE {INTEGER 0, algorithm, OCTET STRING {key}}}.
   */
  private static byte[] wrapped(byte[] key, PublicKey other) {
    var body = new ByteArrayOutputStream();
    body.writeBytes(new byte[] {0x02, 0x01, 0x00});
    var subject = other.getEncoded();
    int algorithm = headerLength(subject, 0);
    int end = algorithm + headerLength(subject, algorithm) + length(subject, algorithm);
    body.write(subject, algorithm, end - algorithm);
    body.writeBytes(element(0x04, key));
    return element(0x30, body.toByteArray());
  }

  private static byte[] element(int tag, byte[] content) {
    var out = new ByteArrayOutputStream();
    out.write(tag);
    if (content.length < 0x80) {
      out.write(content.length);
    } else {
      out.writeBytes(new byte[] {(byte) 0x82, (byte) (content.length >> 8), (byte) content.length});
    }
    out.writeBytes(content);
    return out.toByteArray();
  }

  /** Of tag and length; a length from 128 on is preceded by how many bytes it takes. */
  private static int headerLength(byte[] der, int at) {
    int first = der[at + 1] & 0xff;
    return first < 0x80 ? 2 : 2 + (first & 0x7f);
  }

  private static int length(byte[] der, int at) {
    int length = der[at + 1] & 0xff;
    if (length < 0x80) {
      return length;
    }
    int header = headerLength(der, at);
    length = 0;
    for (int i = 2; i < header; i++) {
      length = (length << 8) | (der[at + i] & 0xff);
    }
    return length;
  }

  private static boolean isPair(PrivateKey key, PublicKey other) {
    var algorithm =
        switch (other.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> other.getAlgorithm();
        };
    try {
      var text = new byte[] {'p', 'a', 'i', 'r'};
      var signing = Signature.getInstance(algorithm);
      signing.initSign(key);
      signing.update(text);
      var verifying = Signature.getInstance(algorithm);
      verifying.initVerify(other);
      verifying.update(text);
      return verifying.verify(signing.sign());
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static X509ExtendedKeyManager manager(PrivateKey key, List<X509Certificate> chain) {
    try {
      var store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      store.setKeyEntry("server", key, NO_PASSWORD, chain.toArray(X509Certificate[]::new));
      var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, NO_PASSWORD);
      return (X509ExtendedKeyManager) factory.getKeyManagers()[0];
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static CatalogException refused(Path file, String why, @Nullable Exception cause) {
    return new CatalogException(
        ErrorCode.INVALID_ARGUMENT,
        "TLS file %s cannot be used: %s".formatted(file, why),
        Map.of("file", file.toString()),
        cause);
  }
}
