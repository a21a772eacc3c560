"""Django's form and admin classes under names that take a type parameter, as ``ModelForm[Article]``.

To the type checker they are generic; at run time Django's own can't be subscripted, these can.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin, StackedInline, TabularInline
    from django.forms import BaseInlineFormSet, ModelForm
else:
    from django import forms
    from django.contrib import admin

    class _Subscriptable:
        def __class_getitem__(cls, parameter):
            return cls

    class ModelForm(_Subscriptable, forms.ModelForm): ...

    class BaseInlineFormSet(_Subscriptable, forms.BaseInlineFormSet): ...

    class ModelAdmin(_Subscriptable, admin.ModelAdmin): ...

    class StackedInline(_Subscriptable, admin.StackedInline): ...

    class TabularInline(_Subscriptable, admin.TabularInline): ...


__all__ = ["BaseInlineFormSet", "ModelAdmin", "ModelForm", "StackedInline", "TabularInline"]
