/// Local copies of collections. A [io.coxswain.client.informer.WatchedInformer] lists once, then
/// follows the watch; its contents are an immutable [io.coxswain.client.informer.Tree], so a view
/// of the cluster is a handful of pointers and never changes under its reader.
@NullMarked
package io.coxswain.client.informer;

import org.jspecify.annotations.NullMarked;
