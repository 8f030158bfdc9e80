package io.gympulse.local.shadow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// What a request to a shadow comes to.
sealed interface ShadowOutcome {

  /// @param next the shadow from now on
  /// @param replies what to publish, in this order
  record Accepted(Shadow next, List<Reply> replies) implements ShadowOutcome {}

  /// @param reply what to publish on `.../rejected`
  record Rejected(Reply reply) implements ShadowOutcome {}

  /// @param topic what follows the shadow's own topic, such as `update/accepted`
  record Reply(String topic, ObjectNode body) {}
}
