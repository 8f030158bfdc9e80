package io.gympulse.cloud.aws.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.stream.Stream;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;

class AmazonTrustTest {

  /// The SHA-256 fingerprints of Amazon Root CA 1 to 4, as Amazon Trust Services publishes them.
  @Test
  void only_amazon_s_four_roots_are_trusted() {
    X509TrustManager trust = (X509TrustManager) AmazonTrust.trustManagers()[0];

    assertThat(Stream.of(trust.getAcceptedIssuers()).map(AmazonTrustTest::fingerprint))
        .containsExactlyInAnyOrder(
            "8ecde6884f3d87b1125ba31ac3fcb13d7016de7f57cc904fe1cb97c6ae98196e",
            "1ba5b2aa8c65401a82960118f80bec4f62304d83cec4713a19c39c011ea46db4",
            "18ce6cfe7bf14e60b2e347b8dfe868cb31d02ebb3ada271569f50343b46db3a4",
            "e35d28419ed02025cfa69038cd623962458da5c695fbdea3c22b0bfb25897092");
  }

  private static String fingerprint(X509Certificate certificate) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
