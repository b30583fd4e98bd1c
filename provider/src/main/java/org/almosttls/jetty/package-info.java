/**
 * ALPN for Jetty (9.4 to 12), which chooses by an engine's class who negotiates HTTP/2 with it, and of itself knows the
 * platform's only. Jetty finds these through {@code META-INF/services}; where there is no Jetty, nobody loads them. A
 * named module cannot offer a service whose type may be missing: in the module path's {@code org.almosttls} Jetty does
 * not find them, on the class path it does.
 * May use {@code jsse}; the only room that imports {@code org.eclipse.jetty}.
 */
package org.almosttls.jetty;
