package org.almosttls.agent.choice;

import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSessionContext;

/** The sessions of both stacks, bounded alike. */
record SharedSessions(List<SSLSessionContext> both) implements SSLSessionContext {

    @Override
    public SSLSession getSession(byte[] id) {
        return both.stream()
                .map(each -> each.getSession(id))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    @Override
    public Enumeration<byte[]> getIds() {
        return Collections.enumeration(both.stream()
                .flatMap(each -> Collections.list(each.getIds()).stream())
                .toList());
    }

    @Override
    public void setSessionTimeout(int seconds) {
        both.forEach(each -> each.setSessionTimeout(seconds));
    }

    @Override
    public int getSessionTimeout() {
        return both.get(0).getSessionTimeout();
    }

    @Override
    public void setSessionCacheSize(int size) {
        both.forEach(each -> each.setSessionCacheSize(size));
    }

    @Override
    public int getSessionCacheSize() {
        return both.get(0).getSessionCacheSize();
    }
}
