package ordinary;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;

/** An engine some of whose methods throw. */
public final class FailingEngine extends WrappedEngine {

    private final String which;

    /** @param which its name; all of them, or none; or null, which is what there is of a session */
    public FailingEngine(SSLEngine engine, String which) {
        super(engine);
        this.which = which;
    }

    private void answer(String method) {
        if (which.equals(method)) throw new UnsupportedOperationException(method);
        if (which.equals("all")) throw new NoSuchMethodError(method);
    }

    @Override
    public String getPeerHost() {
        answer("getPeerHost");
        return super.getPeerHost();
    }

    @Override
    public SSLSession getSession() {
        answer("getSession");
        return which.equals("null") ? null : super.getSession();
    }

    @Override
    public SSLSession getHandshakeSession() {
        answer("getHandshakeSession");
        return super.getHandshakeSession();
    }

    @Override
    public SSLParameters getSSLParameters() {
        answer("getSSLParameters");
        return super.getSSLParameters();
    }

    @Override
    public String getApplicationProtocol() {
        answer("getApplicationProtocol");
        return super.getApplicationProtocol();
    }

    @Override
    public boolean getNeedClientAuth() {
        answer("getNeedClientAuth");
        return super.getNeedClientAuth();
    }

    @Override
    public boolean getUseClientMode() {
        answer("getUseClientMode");
        return super.getUseClientMode();
    }
}
