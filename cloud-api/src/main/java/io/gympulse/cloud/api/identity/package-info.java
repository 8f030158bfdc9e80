/// Who makes a request: bearer tokens, the roles in them, and the access rule of each route.
/// A route without an [Access] rule is answered to nobody.
@NullMarked
package io.gympulse.cloud.api.identity;

import org.jspecify.annotations.NullMarked;
