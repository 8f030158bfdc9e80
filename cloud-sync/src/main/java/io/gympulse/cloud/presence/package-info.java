/// Who is heard from and who has fallen silent. Both change a gateway's presence only, never what
/// is known of its machines.
@NullMarked
package io.gympulse.cloud.presence;

import org.jspecify.annotations.NullMarked;
