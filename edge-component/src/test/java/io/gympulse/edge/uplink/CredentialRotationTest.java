package io.gympulse.edge.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CredentialRotationTest {
  private static final CredentialFiles OLD = new CredentialFiles("old", "k", "r");
  private static final CredentialFiles NEW = new CredentialFiles("new", "k", "r");
  private static final CredentialFiles NEWER = new CredentialFiles("newer", "k", "r");

  private @Nullable CredentialFiles disk = OLD;
  private CredentialRotation rotation;

  @BeforeEach
  void connect() throws CredentialsException {
    rotation =
        new CredentialRotation(
            () -> {
              if (disk == null) {
                throw new CredentialsException("half written; wait");
              }
              return disk;
            });
    rotation.connected();
  }

  @Test
  void files_that_have_not_changed_are_kept() {
    assertThat(rotation.renew()).isFalse();
    assertThat(rotation.current()).isEqualTo(OLD);
  }

  @Test
  void new_files_are_used_once_they_are_whole() {
    disk = null;
    assertThat(rotation.renew()).isFalse();
    assertThat(rotation.current()).isEqualTo(OLD);
    disk = NEW;
    assertThat(rotation.renew()).isTrue();
    assertThat(rotation.current()).isEqualTo(NEW);
    assertThat(rotation.renew()).isFalse();
  }

  @Test
  void new_ones_that_the_cloud_refuses_make_room_for_the_previous_ones() {
    disk = NEW;
    rotation.renew();
    assertThat(rotation.failed()).isFalse();
    assertThat(rotation.failed()).isFalse();
    assertThat(rotation.failed()).isTrue();
    assertThat(rotation.current()).isEqualTo(OLD);
    rotation.connected();
    assertThat(rotation.renew()).isFalse();
    assertThat(rotation.current()).isEqualTo(OLD);
  }

  @Test
  void refused_ones_are_tried_again_once_the_connection_is_lost() {
    new_ones_that_the_cloud_refuses_make_room_for_the_previous_ones();
    assertThat(rotation.failed()).isFalse();
    assertThat(rotation.failed()).isFalse();
    assertThat(rotation.failed()).isTrue();
    assertThat(rotation.current()).isEqualTo(NEW);
    rotation.connected();
    for (int i = 0; i < 9; i++) {
      assertThat(rotation.failed()).isFalse();
    }
    assertThat(rotation.current()).isEqualTo(NEW);
  }

  @Test
  void other_files_replace_refused_ones() {
    new_ones_that_the_cloud_refuses_make_room_for_the_previous_ones();
    disk = NEWER;
    assertThat(rotation.renew()).isTrue();
    assertThat(rotation.current()).isEqualTo(NEWER);
  }

  @Test
  void the_ones_that_connected_last_stay_in_reserve_over_several_replacements() {
    disk = NEW;
    rotation.renew();
    disk = NEWER;
    rotation.renew();
    for (int i = 0; i < 3; i++) {
      rotation.failed();
    }
    assertThat(rotation.current()).isEqualTo(OLD);
  }

  @Test
  void secrets_are_not_shown() {
    assertThat(NEW.toString()).isEqualTo("CredentialFiles");
  }
}
