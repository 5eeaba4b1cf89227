package dev.nofate.billing.provider;

import com.stripe.model.Customer;
import com.stripe.model.CustomerCollection;
import com.stripe.model.CustomerSearchResult;
import com.stripe.model.Invoice;
import com.stripe.model.InvoiceCollection;
import com.stripe.model.InvoiceItem;
import com.stripe.model.InvoiceItemCollection;
import com.stripe.model.InvoiceLineItem;
import com.stripe.model.InvoiceLineItemCollection;
import com.stripe.model.Price;
import com.stripe.model.SetupIntent;
import com.stripe.model.StripeCollection;
import com.stripe.model.StripeError;
import com.stripe.model.StripeSearchResult;
import com.stripe.model.Subscription;
import com.stripe.model.SubscriptionCollection;
import com.stripe.model.billing.Meter;
import com.stripe.model.billing.MeterEvent;
import com.stripe.model.billing.MeterEventSummary;
import com.stripe.model.billing.MeterEventSummaryCollection;
import com.stripe.model.checkout.Session;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.CustomerListParams;
import com.stripe.param.CustomerRetrieveParams;
import com.stripe.param.CustomerSearchParams;
import com.stripe.param.CustomerUpdateParams;
import com.stripe.param.InvoiceItemCreateParams;
import com.stripe.param.InvoiceItemListParams;
import com.stripe.param.InvoiceLineItemListParams;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.InvoiceRetrieveParams;
import com.stripe.param.SubscriptionCreateParams;
import com.stripe.param.SubscriptionListParams;
import com.stripe.param.SubscriptionUpdateParams;
import com.stripe.param.billing.MeterEventCreateParams;
import com.stripe.param.billing.MeterEventSummaryListParams;
import com.stripe.param.checkout.SessionCreateParams;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Collectors;

/**
 * Every class of Stripe's library that its JSON mapper reaches from what the service sends and
 * receives: the types of fields, of their type arguments, of superclasses, and all implementers
 * where a field is of an interface. A native image keeps the fields of no other class.
 */
final class StripeClasses {

  private static final List<Class<?>> ROOTS =
      List.of(
          Customer.class,
          CustomerCollection.class,
          CustomerSearchResult.class,
          Invoice.class,
          InvoiceCollection.class,
          InvoiceLineItem.class,
          InvoiceLineItemCollection.class,
          InvoiceItem.class,
          InvoiceItemCollection.class,
          Price.class,
          SetupIntent.class,
          StripeCollection.class,
          StripeSearchResult.class,
          StripeError.class,
          Subscription.class,
          SubscriptionCollection.class,
          Meter.class,
          MeterEvent.class,
          MeterEventSummary.class,
          MeterEventSummaryCollection.class,
          Session.class,
          com.stripe.model.billingportal.Session.class,
          CustomerCreateParams.class,
          CustomerRetrieveParams.class,
          CustomerListParams.class,
          CustomerSearchParams.class,
          CustomerUpdateParams.class,
          InvoiceItemCreateParams.class,
          InvoiceItemListParams.class,
          InvoiceListParams.class,
          InvoiceLineItemListParams.class,
          InvoiceRetrieveParams.class,
          SubscriptionCreateParams.class,
          SubscriptionListParams.class,
          SubscriptionUpdateParams.class,
          MeterEventCreateParams.class,
          MeterEventSummaryListParams.class,
          SessionCreateParams.class,
          com.stripe.param.billingportal.SessionCreateParams.class);

  private final TreeMap<String, Class<?>> reached = new TreeMap<>();
  private final Deque<Class<?>> waiting = new ArrayDeque<>(ROOTS);
  private final Set<Class<?>> all;

  private StripeClasses() {
    this.all = library();
  }

  /** The classes as a reflection configuration of a native image. */
  static String reflectConfig() {
    return new StripeClasses()
        .closure().keySet().stream()
            .map(
                name ->
                    "{\"name\":\""
                        + name
                        + "\",\"allDeclaredFields\":true,\"allDeclaredConstructors\":true,"
                        + "\"unsafeAllocated\":true}")
            .collect(Collectors.joining(",\n", "[\n", "\n]\n"));
  }

  private TreeMap<String, Class<?>> closure() {
    while (!waiting.isEmpty()) {
      Class<?> next = waiting.pop();
      if (!next.getName().startsWith("com.stripe.") || reached.containsKey(next.getName())) {
        continue;
      }
      reached.put(next.getName(), next);
      if (next.getSuperclass() != null) {
        waiting.add(next.getSuperclass());
      }
      if (next.isInterface()) {
        all.stream().filter(next::isAssignableFrom).forEach(waiting::add);
      }
      for (Field field : next.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers())) {
          reach(field.getGenericType());
        }
      }
    }
    return reached;
  }

  private void reach(Type type) {
    if (type instanceof Class<?> named) {
      waiting.add(named.isArray() ? named.getComponentType() : named);
    } else if (type instanceof ParameterizedType generic) {
      reach(generic.getRawType());
      for (Type argument : generic.getActualTypeArguments()) {
        reach(argument);
      }
    }
  }

  /** Models of the library that can stand where a field is of an interface. */
  private static Set<Class<?>> library() {
    String jar = Customer.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    try (JarFile file = new JarFile(jar)) {
      return file.stream()
          .map(entry -> entry.getName())
          .filter(name -> name.startsWith("com/stripe/model/") && name.endsWith(".class"))
          .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.'))
          .map(StripeClasses::load)
          .filter(StripeClasses::isModelOfAField)
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Payment sources and external accounts; the marker interfaces of all models are not fields. */
  private static boolean isModelOfAField(Class<?> type) {
    return com.stripe.model.PaymentSource.class.isAssignableFrom(type)
        || com.stripe.model.ExternalAccount.class.isAssignableFrom(type);
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, StripeClasses.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
