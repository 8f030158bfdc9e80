package io.gympulse.edge.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// Keys with self-signed certificates, made by the JDK's keytool.
public final class TestKeys {
  private static final String PASSWORD = "for-this-run";

  private final Path folder;

  public TestKeys(Path folder) {
    this.folder = folder;
  }

  /// A key on an elliptic curve unless `-keyalg` says otherwise.
  ///
  /// @param more of keytool's options
  public void make(String name, String... more) throws IOException, InterruptedException {
    List<String> generate = new ArrayList<>(List.of("-genkeypair", "-dname", "CN=" + name));
    if (!List.of(more).contains("-keyalg")) {
      generate.addAll(List.of("-keyalg", "EC"));
    }
    generate.addAll(List.of(more));
    keytool(name, generate);
    try {
      write(certificate(name), "CERTIFICATE", store(name).getCertificate(name).getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
    write(key(name), "PRIVATE KEY", privateKey(name).getEncoded());
  }

  public Path certificate(String name) {
    return folder.resolve(name + ".pem");
  }

  /// As PKCS#8.
  public Path key(String name) {
    return folder.resolve(name + ".key");
  }

  PrivateKey privateKey(String name) throws IOException {
    try {
      return (PrivateKey) store(name).getKey(name, PASSWORD.toCharArray());
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  static void write(Path file, String label, byte[] der) throws IOException {
    Files.writeString(file, PemFile.text(label, der));
  }

  /// For a server with that key.
  ///
  /// @param trusted whose certificates it accepts
  public SSLContext serverContext(String key, String... trusted)
      throws IOException, GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store(key), PASSWORD.toCharArray());
    KeyStore roots = KeyStore.getInstance("PKCS12");
    roots.load(null, null);
    for (String it : trusted) {
      roots.setCertificateEntry(it, store(it).getCertificate(it));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(roots);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(
        keys.getKeyManagers(), trusted.length == 0 ? null : trust.getTrustManagers(), null);
    return context;
  }

  private KeyStore store(String name) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve(name + ".p12"))) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }

  private void keytool(String key, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(arguments);
    command.addAll(List.of("-alias", key, "-storetype", "PKCS12", "-storepass", PASSWORD));
    command.addAll(List.of("-keystore", folder.resolve(key + ".p12").toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    assertThat(process.waitFor()).as("keytool %s", arguments).isZero();
  }
}
