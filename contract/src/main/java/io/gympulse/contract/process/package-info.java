/// How processes of this system end together with the one that started them.
/// Only a process that is started by another through the launcher is concerned.
@NullMarked
package io.gympulse.contract.process;

import org.jspecify.annotations.NullMarked;
