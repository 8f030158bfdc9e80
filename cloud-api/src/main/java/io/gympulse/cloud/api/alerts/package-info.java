/// Members' alerts over REST: create, list, change and cancel; other packages fire them.
/// [AlertRequest] alone parses what a client sends, and no response contains a secret.
@NullMarked
package io.gympulse.cloud.api.alerts;

import org.jspecify.annotations.NullMarked;
