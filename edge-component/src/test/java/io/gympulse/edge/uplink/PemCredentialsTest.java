package io.gympulse.edge.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.time.Instant;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Each form of a key is also given to the MQTT client's own TLS, which has to take it.
class PemCredentialsTest {
  @TempDir static Path made;

  private static TestKeys keys;

  @TempDir private Path folder;
  private Path key;

  @BeforeAll
  static void makeKeys() throws IOException, InterruptedException {
    keys = new TestKeys(made);
    keys.make("p256", "-groupname", "secp256r1", "-validity", "9");
    keys.make("p384", "-groupname", "secp384r1", "-validity", "9");
    keys.make("rsa", "-keyalg", "RSA", "-keysize", "2048", "-validity", "9");
    keys.make("other", "-validity", "9");
    keys.make("ed25519", "-keyalg", "Ed25519", "-validity", "9");
  }

  @BeforeEach
  void nameFiles() {
    key = folder.resolve("private.key");
  }

  @ParameterizedTest
  @ValueSource(strings = {"p256", "p384", "rsa"})
  void pkcs8_is_read(String name) throws Exception {
    TestKeys.write(key, "PRIVATE KEY", keys.privateKey(name).getEncoded());
    assertTaken(name);
  }

  @Test
  void pkcs1_is_read() throws Exception {
    TestKeys.write(key, "RSA PRIVATE KEY", olderForm(keys.privateKey("rsa")));
    assertTaken("rsa");
  }

  @ParameterizedTest
  @ValueSource(strings = {"p256", "p384"})
  void sec1_is_read(String name) throws Exception {
    TestKeys.write(key, "EC PRIVATE KEY", olderForm(keys.privateKey(name)));
    assertTaken(name);
  }

  /// As `openssl ecparam -genkey` writes the file; the JDK's own key has no curve in it.
  @Test
  void sec1_behind_its_parameters_is_read() throws Exception {
    TestKeys.write(key, "EC PRIVATE KEY", olderForm(keys.privateKey("p256")));
    byte[] curve = {6, 8, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 3, 1, 7};
    Path parameters = folder.resolve("parameters");
    TestKeys.write(parameters, "EC PARAMETERS", curve);
    Files.writeString(key, Files.readString(parameters) + Files.readString(key));
    assertTaken("p256");
  }

  @Test
  void the_end_of_the_certificate_is_known() throws Exception {
    PemCredentials read = PemCredentials.read(settings("p256", keys.key("p256")));
    assertThat(read.expiry().at())
        .isEqualTo(read.certificate().getNotAfter().toInstant())
        .isAfter(Instant.EPOCH);
    assertThat(read.toString()).doesNotContain("PrivateKey").contains("CN=p256");
  }

  @Test
  void the_key_of_another_certificate_is_refused() {
    assertRefused("p256", keys.key("other"), "is not the key of certificate", "made together");
    assertRefused("p256", keys.key("rsa"), "is not the key of certificate", "made together");
  }

  @Test
  void an_encrypted_key_is_refused_with_the_command_that_decrypts_it() throws Exception {
    TestKeys.write(key, "ENCRYPTED PRIVATE KEY", encrypted(keys.privateKey("p256")));
    assertRefused("p256", key, key + " is encrypted", "openssl pkey -in OLD -out NEW");
    Files.writeString(
        key,
        """
        -----BEGIN RSA PRIVATE KEY-----
        Proc-Type: 4,ENCRYPTED
        DEK-Info: AES-256-CBC,0123456789ABCDEF0123456789ABCDEF

        AAAA
        -----END RSA PRIVATE KEY-----
        """);
    assertRefused("rsa", key, key + " is encrypted", "openssl pkey -in OLD -out NEW");
  }

  @Test
  void a_binary_file_is_refused() throws Exception {
    Files.write(key, keys.privateKey("p256").getEncoded());
    assertRefused("p256", key, key + " is not PEM but binary", "convert it");
  }

  @Test
  void a_file_of_another_kind_is_refused() throws Exception {
    assertRefused("p256", keys.certificate("p256"), "has no private key but CERTIFICATE", "put");
    Files.writeString(key, "");
    assertRefused("p256", key, key + " has no PEM block", "put the gateway's private key there");
    assertRefused("p256", folder.resolve("none"), "none cannot be read", "put");
    Files.writeString(key, "-----BEGIN PRIVATE KEY-----\nA\n-----END PRIVATE KEY-----\n");
    assertRefused("p256", key, "is not Base64", "copy the file again");
    TestKeys.write(key, "PRIVATE KEY", new byte[] {1, 2, 3});
    assertRefused("p256", key, "cannot be read as the RSA or EC key", "made with the certificate");
    assertRefused("ed25519", keys.key("ed25519"), "cannot be read as the RSA or EC key", "give");
  }

  @Test
  void a_key_in_place_of_the_certificate_is_refused() {
    UplinkSettings.Direct settings =
        new UplinkSettings.Direct(
            "127.0.0.1",
            8883,
            keys.key("p256"),
            keys.key("p256"),
            keys.certificate("p256"),
            UplinkSettings.TopicMode.PLAIN);
    assertThatThrownBy(() -> PemCredentials.read(settings))
        .hasMessageContaining("has no certificate but PRIVATE KEY");
  }

  private void assertTaken(String name) throws Exception {
    UplinkSettings.Direct settings = settings(name, key);
    assertThat(PemCredentials.read(settings).certificate().getSubjectX500Principal().getName())
        .isEqualTo("CN=" + name);
    assertThatCode(() -> new MutualTlsClientFactory(settings, "gw")).doesNotThrowAnyException();
  }

  private static void assertRefused(String name, Path file, String seen, String remedy) {
    assertThatThrownBy(() -> PemCredentials.read(settings(name, file)))
        .isInstanceOf(CredentialsException.class)
        .hasMessageContaining(seen)
        .hasMessageContaining(remedy);
  }

  private static UplinkSettings.Direct settings(String name, Path key) {
    return new UplinkSettings.Direct(
        "127.0.0.1",
        8883,
        keys.certificate(name),
        key,
        keys.certificate(name),
        UplinkSettings.TopicMode.PLAIN);
  }

  /// PKCS#1 or SEC 1, which PKCS#8 holds in its last element.
  private static byte[] olderForm(PrivateKey key) {
    byte[] pkcs8 = key.getEncoded();
    int at = 2 + lengthBytes(pkcs8, 1);
    at += 3;
    at += 2 + pkcs8[at + 1];
    return Arrays.copyOfRange(pkcs8, at + 1 + 1 + lengthBytes(pkcs8, at + 1), pkcs8.length);
  }

  /// How many bytes follow the first one of a length.
  private static int lengthBytes(byte[] der, int at) {
    return der[at] < 0 ? der[at] & 0x7f : 0;
  }

  private static byte[] encrypted(PrivateKey key) throws Exception {
    String algorithm = "PBEWithSHA1AndDESede";
    Cipher cipher = Cipher.getInstance(algorithm);
    cipher.init(
        Cipher.ENCRYPT_MODE,
        SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec("x".toCharArray())));
    return new EncryptedPrivateKeyInfo(cipher.getParameters(), cipher.doFinal(key.getEncoded()))
        .getEncoded();
  }
}
