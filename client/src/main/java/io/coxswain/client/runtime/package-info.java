/// What runs controllers. [io.coxswain.client.runtime.ControllerRuntime] starts a
/// [io.coxswain.client.runtime.ControllerLoop] for each registration: changes become keys, keys
/// wait in a [io.coxswain.client.runtime.WorkQueue], a worker asks the controller for a plan and
/// [io.coxswain.client.runtime.Performer] carries it out. The key then waits behind a
/// [io.coxswain.client.runtime.Fence] until the informers show what was written.
@NullMarked
package io.coxswain.client.runtime;

import org.jspecify.annotations.NullMarked;
