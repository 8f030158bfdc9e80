package io.gympulse.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gympulse.cloud.api.config.ApiConfiguration;
import io.gympulse.cloud.api.config.ApiConfiguration.Admission;
import io.gympulse.cloud.api.config.ConnectionLimits;
import io.gympulse.cloud.api.identity.TokenIssuer;
import io.gympulse.process.ProcessClock;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentitySettingsTest {
  private static final IdentitySettings NONE = new IdentitySettings(Optional.empty(), false);
  private static final IdentitySettings ALLOWED = new IdentitySettings(Optional.empty(), true);
  private static final TokenIssuer.Oidc OIDC =
      new TokenIssuer.Oidc(
          URI.create("https://login.example.org/"),
          URI.create("https://login.example.org/keys"),
          "gympulse",
          TokenIssuer.Oidc.ROLES_CLAIM,
          Duration.ZERO);

  @TempDir private Path folder;
  private Path key = Path.of("");

  @BeforeEach
  void path() {
    key = folder.resolve("development-key.json");
  }

  @Test
  void a_cloud_on_the_loopback_alone_issues_tokens_for_development() throws IOException {
    assertThat(NONE.issuer(api("127.0.0.1"), false, key))
        .isInstanceOf(TokenIssuer.Development.class);
    assertThat(NONE.issuer(api("localhost"), false, key))
        .isInstanceOf(TokenIssuer.Development.class);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
  }

  @Test
  void a_published_cloud_issues_none_unless_it_is_allowed() throws IOException {
    assertThat(NONE.issuer(api("0.0.0.0"), false, key)).isInstanceOf(TokenIssuer.None.class);
    assertThat(NONE.issuer(api("127.0.0.1", "gyms.example.org"), false, key))
        .isInstanceOf(TokenIssuer.None.class);
    assertThat(NONE.issuer(api("127.0.0.1"), true, key)).isInstanceOf(TokenIssuer.None.class);
    assertThat(key).doesNotExist();
    assertThat(ALLOWED.issuer(api("0.0.0.0"), false, key))
        .isInstanceOf(TokenIssuer.Development.class);
  }

  @Test
  void with_an_issuer_of_its_own_a_cloud_issues_none() throws IOException {
    IdentitySettings production = new IdentitySettings(Optional.of(OIDC), false);
    assertThat(production.issuer(api("127.0.0.1"), false, key)).isEqualTo(OIDC);
    assertThat(key).doesNotExist();
    assertThatThrownBy(() -> new IdentitySettings(Optional.of(OIDC), true))
        .hasMessageContaining("exclude each other");
  }

  private static ApiConfiguration api(String host, String... names) {
    return new ApiConfiguration(
        host,
        0,
        Optional.empty(),
        ProcessClock.real(),
        ApiConfiguration.OFFLINE_AFTER,
        new Admission(Set.of(names), ConnectionLimits.STANDARD));
  }
}
