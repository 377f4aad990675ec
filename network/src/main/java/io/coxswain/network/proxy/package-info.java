/// The service proxy: makes every Service's addresses answer on this node.
///
/// [RuleSet] decides, as a pure function of Services and EndpointSlices, which chains, sets and map
/// elements the node's nftables should hold; [NftText] writes that, or the difference to what is
/// there, as one transaction; [Proxy] does so whenever something changes. All of it is in one
/// table, `ip coxswain`, and no other table is ever touched.
@NullMarked
package io.coxswain.network.proxy;

import org.jspecify.annotations.NullMarked;
