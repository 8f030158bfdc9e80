/// Mail as files, for a machine that has no mail service.
@NullMarked
package io.gympulse.local.mail;

import org.jspecify.annotations.NullMarked;
