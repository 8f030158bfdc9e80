package io.gympulse.bench.hostile;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import io.gympulse.contract.id.GatewayAddress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

/// A gateway's stolen certificate.
///
/// @param folder with the gateway's certificate and key from `provision`
record StolenCertificate(Path folder, GatewayAddress address, int port) {
  private static final char[] PASSWORD = "in memory only".toCharArray();

  /// Connects with the gateway's client id, as its policy requires.
  Mqtt5AsyncClient connect() throws IOException, GeneralSecurityException, InterruptedException {
    Mqtt5AsyncClient client =
        MqttClient.builder()
            .useMqttVersion5()
            .identifier(address.gateway().value())
            .serverHost("127.0.0.1")
            .serverPort(port)
            .sslConfig(
                MqttClientSslConfig.builder()
                    .trustManagerFactory(trust())
                    .keyManagerFactory(keys())
                    .build())
            .buildAsync();
    try {
      var _ = client.connect().get(20, TimeUnit.SECONDS);
      return client;
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("not connected", e);
    }
  }

  private TrustManagerFactory trust() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("root", certificate("root-ca.pem"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    return trust;
  }

  private KeyManagerFactory keys() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "device", key(), PASSWORD, new Certificate[] {certificate("certificate.pem")});
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD);
    return keys;
  }

  private Certificate certificate(String file) throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(folder.resolve(file))) {
      return CertificateFactory.getInstance("X.509").generateCertificate(in);
    }
  }

  private PrivateKey key() throws IOException, GeneralSecurityException {
    String pem = Files.readString(folder.resolve("private.key"), StandardCharsets.US_ASCII);
    byte[] der = Base64.getDecoder().decode(pem.replaceAll("-----[A-Z ]+-----|\\s", ""));
    return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
  }
}
