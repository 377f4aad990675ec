/// What a node does for the cluster's network: the service proxy, cluster DNS, and routes to pods.
@NullMarked
package io.coxswain.network;

import org.jspecify.annotations.NullMarked;
