package io.flowyml.catalog.testkit;

import io.flowyml.catalog.spi.CatalogBackend;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Several backends on one storage as one: what one did, the next is asked about. */
final class InTurn {
  private InTurn() {}

  /** Hands each call to the next of some backends, and a close to all. */
  static CatalogBackend of(List<? extends CatalogBackend> backends) {
    var turn = new AtomicInteger();
    return (CatalogBackend)
        Proxy.newProxyInstance(
            CatalogBackend.class.getClassLoader(),
            new Class<?>[] {CatalogBackend.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("close")) {
                backends.forEach(CatalogBackend::close);
                return null;
              }
              int next = Math.floorMod(turn.getAndIncrement(), backends.size());
              return called(backends.get(next), method, arguments);
            });
  }

  private static Object called(CatalogBackend backend, Method method, Object[] arguments)
      throws Throwable {
    try {
      return method.invoke(backend, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
