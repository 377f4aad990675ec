/// The engine against real members of Debian's etcd.
@NullMarked
package io.coxswain.etcd;

import org.jspecify.annotations.NullMarked;
