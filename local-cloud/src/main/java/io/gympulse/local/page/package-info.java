/// Members' open pages, which the API's process holds on this machine. The local cloud posts to
/// them as it would to API Gateway's connections.
@NullMarked
package io.gympulse.local.page;

import org.jspecify.annotations.NullMarked;
