package org.almosttls.jetty;

import org.eclipse.jetty.io.ssl.ALPNProcessor;

/** For Jetty's servers. */
public final class ServerAlpn extends OurEngines implements ALPNProcessor.Server {

    public ServerAlpn() {
        super(ALPNProcessor.Server.class, "org.eclipse.jetty.alpn.java.server.JDK9ServerALPNProcessor");
    }
}
