/// etcd members as processes of this machine, for tests and measurements. Nothing that serves a
/// cluster uses this.
@NullMarked
package io.coxswain.etcd.local;

import org.jspecify.annotations.NullMarked;
