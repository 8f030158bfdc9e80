package io.gympulse.edge.uplink;

import java.nio.charset.StandardCharsets;

/// The contents of a gateway's three PEM files at one moment, checked to be usable and to belong
/// together. [#toString] leaves them out.
///
/// @param privateKey as PKCS#8, the form that the MQTT client takes of every kind of key
record CredentialFiles(String certificate, String privateKey, String rootCa) {

  /// @throws CredentialsException if they cannot be used, as while they are being replaced
  static CredentialFiles read(UplinkSettings.Direct settings) throws CredentialsException {
    byte[] certificate = PemFile.bytes(settings.certificate(), PemCredentials.CERTIFICATE_WANTED);
    byte[] privateKey = PemFile.bytes(settings.privateKey(), PemCredentials.KEY_WANTED);
    byte[] rootCa = PemFile.bytes(settings.rootCa(), PemCredentials.ROOT_WANTED);
    PemCredentials read = PemCredentials.of(settings, certificate, privateKey, rootCa);
    return new CredentialFiles(text(certificate), read.keyAsPkcs8(), text(rootCa));
  }

  /// PEM is ASCII, apart from remarks around the blocks.
  private static String text(byte[] pem) {
    return new String(pem, StandardCharsets.ISO_8859_1);
  }

  @Override
  public String toString() {
    return "CredentialFiles";
  }
}
