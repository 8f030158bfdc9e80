package io.gympulse.local;

import io.gympulse.cloud.core.alert.Channel;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where operators are told of incidents, where mail goes, and who holds members' open pages.
///
/// @param operatorsWebhook is posted to, signed with the secret in the data directory
/// @param mailFolder takes every mail as a file; without it no mail is sent
/// @param connections the API, which holds members' open pages; without it no page is told
record AlertSettings(
    Optional<URI> operatorsWebhook,
    Optional<Channel.Email> operatorsEmail,
    Optional<Path> mailFolder,
    Optional<URI> connections) {

  static final AlertSettings NONE =
      new AlertSettings(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  AlertSettings {
    if (operatorsEmail.isPresent() && mailFolder.isEmpty()) {
      throw new IllegalArgumentException(
          "--operators-email needs --mail-folder: there is no mail without it");
    }
  }

  /// @throws IllegalArgumentException naming the option that is wrong
  static AlertSettings of(
      @Nullable URI webhook,
      @Nullable String email,
      @Nullable Path mailFolder,
      @Nullable URI connections) {
    return new AlertSettings(
        Optional.ofNullable(webhook),
        Optional.ofNullable(email).map(AlertSettings::email),
        Optional.ofNullable(mailFolder),
        Optional.ofNullable(connections));
  }

  private static Channel.Email email(String address) {
    try {
      return new Channel.Email(address);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--operators-email: " + e.getMessage(), e);
    }
  }

  /// @param secret signs what is posted
  /// @throws IllegalArgumentException naming the option that is wrong
  List<Channel> operators(String secret) {
    List<Channel> channels = new ArrayList<>(operatorsEmail.stream().toList());
    try {
      operatorsWebhook.ifPresent(it -> channels.add(new Channel.Webhook(it, secret)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--operators-webhook: " + e.getMessage(), e);
    }
    return List.copyOf(channels);
  }
}
